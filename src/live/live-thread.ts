import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createEnrichment } from '../enrichers/enrichment.ts';
import { CLOCKS, steadyTime } from '../lib/clocks.ts';
import { useEvidenceKey } from '../lib/evidence-seal.ts';
import { faultPoint } from '../lib/fault-point.ts';
import type { Decision } from '../model/decision.ts';
import type { Plugins } from '../pipeline/replay-resource.ts';
import type { Source } from '../sources/source.ts';
import { useHashKey } from '../sql/keyed-hash.ts';
import type { LiveWorld } from './live-judgement.ts';
import { type LivePlan, STREAMS_KEY } from './live-plan.ts';
import { type Opening, openResident } from './open-resident.ts';
import { type Resident, statusOf } from './resident.ts';
import { createResidents } from './residents.ts';
import { createSaving } from './saving.ts';
import { createSharing } from './sharing.ts';
import type { FromThread, LiveThreadData, ToThread } from './thread-messages.ts';

/** A resource has its turn for so long. */
const SLICE_MS = 10;
/** Who wants to be called at a time is called within this. */
const LOOK_MS = 100;
/** Between two tellings of how resources fare. */
const STATUS_MS = 1000;
/** Messages that are not on disk yet; with more, judging waits for the store. */
const MAX_UNWRITTEN = 64;
/** Activities of a resource that wait in memory to be saved; with more, it is saved before it is time. */
const MAX_RECORDED_BYTES = 8_000_000;

/** What the program does when it finds itself in a thread that judges live. */
export function runLiveThread(plugins: Plugins & { sources: readonly Source[] }): void {
  const { addressData, hashKey, evidenceKey } = workerData as LiveThreadData;
  useHashKey(hashKey);
  useEvidenceKey(evidenceKey);
  const world: LiveWorld = { plugins, enrichment: createEnrichment(addressData), clocks: CLOCKS };
  const residents = createResidents(make);
  const ready = new Set<Resident>();
  const sharing = createSharing(residents, world, {
    found: (resource) => send({ kind: 'found', resource }),
    note: (text) => send({ kind: 'note', key: STREAMS_KEY, text }),
    beforeRecord(resident) {
      saving.beforeRecord(resident);
      ready.add(resident); // what it found is told behind the streams' turn
    },
    wake: () => wakeLoop(),
  });
  const saving = createSaving({
    residents: residents.open,
    streams: () => sharing.streams,
    publish,
    write: (rows) => send({ kind: 'checkpoint', rows }),
  });
  const inbox: ToThread[] = [];
  let unwritten = 0;
  let isStopping = false;
  let wakeLoop: () => void = () => undefined;

  function send(message: FromThread): void {
    unwritten += message.kind === 'alerts' || message.kind === 'checkpoint' ? 1 : 0;
    const rows = message.kind === 'checkpoint' ? message.rows : [];
    parentPort!.postMessage(
      message,
      rows.map(({ state }) => state.buffer as ArrayBuffer), // theirs alone: not copied, of however many resources
    );
  }

  function wake(resident: Resident): void {
    ready.add(resident);
    wakeLoop();
  }

  function make(opening: Opening): Resident {
    const { key } = opening.plan.resource;
    const resident = openResident(opening, world, wake, (text) => send({ kind: 'note', key, text }));
    wake(resident);
    return resident;
  }

  /** Each decision holds once, however often it is sent. */
  function decide({ judgement }: Resident, decisions: readonly Decision[]): void {
    const placed = judgement.decide(decisions);
    if (placed.length > 0) {
      send({ kind: 'decided', placed });
    }
  }

  /** Other settings hold at once; other logs are gone on with where they were left. */
  function change(plan: LivePlan): void {
    const resident = residents.get(plan.resource.key);
    if (resident === undefined) {
      return;
    }
    const { judgement } = resident;
    const isSameLogs = JSON.stringify(judgement.plan.logs) === JSON.stringify(plan.logs);
    if (isSameLogs) {
      judgement.change(plan);
    } else {
      saving.beforeRecord(resident);
      publish(resident);
      const { state } = judgement.save();
      judgement.close();
      residents.replace({ plan, saved: state, isUnsaved: true, recorder: resident.recorder });
      sharing.opened(plan.resource.key);
    }
    saving.begin();
    send({
      kind: 'note',
      key: plan.resource.key,
      text: isSameLogs ? `is judged as decided now: protection ${plan.isOn ? 'on' : 'off'}` : 'has other logs now',
    });
  }

  /** Sends alerts that have changed. */
  function publish({ judgement, shard }: Resident): void {
    const { alertsFrom, resource } = judgement.plan;
    const drafts = judgement
      .takeAlerts()
      .map((draft) => ({ key: resource.key, isHistorical: draft.startTime < alertsFrom, draft }));
    if (drafts.length > 0) {
      send({ kind: 'alerts', shard, drafts });
    }
  }

  async function giveTurn(resident: Resident): Promise<void> {
    ready.delete(resident);
    const again = await resident.judgement.work(performance.now() + SLICE_MS);
    faultPoint('judge');
    resident.callTime = again;
    resident.isToldOf = false;
    if (again === 0) {
      ready.add(resident);
    }
    publish(resident);
    if (resident.recorder.bytes() > MAX_RECORDED_BYTES) {
      saving.begin();
    }
  }

  async function loop(): Promise<void> {
    while (!isStopping) {
      for (const message of inbox.splice(0)) {
        obey(message);
      }
      const [resident] = unwritten < MAX_UNWRITTEN ? ready : [];
      if (resident !== undefined) {
        await giveTurn(resident);
      }
      const isShared = unwritten < MAX_UNWRITTEN && (await sharing.work());
      const isMore = saving.saveOne() || residents.openOne();
      if (resident === undefined && !isMore && !isShared && inbox.length === 0) {
        await new Promise<void>((resolve) => {
          wakeLoop = resolve;
        });
      }
      await nextTurn();
    }
    saving.saveAll();
    tellStatus();
    send({ kind: 'stopped' });
  }

  function look(): void {
    const now = steadyTime();
    for (const resident of residents.open.values()) {
      if (resident.callTime <= now) {
        ready.add(resident);
      }
    }
    sharing.look(now);
    saving.look(now);
    wakeLoop();
  }

  function tellStatus(): void {
    const changed = [...residents.open.values()].filter(({ isToldOf }) => !isToldOf);
    const told = [...changed.map(statusOf), ...sharing.takeStatus()];
    if (told.length > 0) {
      send({ kind: 'status', resources: told });
    }
  }

  /** Between turns: whoever has his turn may be waiting for bytes. */
  function obey(message: ToThread): void {
    switch (message.kind) {
      case 'open':
        residents.add({ plan: message.plan, saved: message.saved, isUnsaved: false }, (resident) =>
          decide(resident, message.decisions),
        );
        sharing.opened(message.plan.resource.key);
        break;
      case 'change':
        change(message.plan);
        break;
      case 'decide': {
        const resident = residents.get(message.key);
        if (resident !== undefined) {
          decide(resident, message.decisions);
          saving.begin();
        }
        break;
      }
      case 'close':
        residents.remove(message.key);
        sharing.forget(message.key);
        break;
      case 'streams':
        sharing.open(message.plan, message.saved);
        break;
      case 'pass-over':
        sharing.passOver(message.resource, message.reason);
        break;
      case 'address-data':
        world.enrichment.renew(message.data);
        for (const { judgement } of residents.open.values()) {
          judgement.lookUpAnew();
        }
        saving.begin();
        break;
      case 'ask-learned': {
        const learned = residents.get(message.key)?.judgement.learned();
        send({ kind: 'learned', question: message.question, ...(learned !== undefined && { learned }) });
        break;
      }
      case 'save':
        saving.begin();
        break;
      case 'written':
        unwritten--;
        break;
      case 'stop':
        isStopping = true;
        break;
    }
  }

  parentPort!.on('message', (message: ToThread) => {
    inbox.push(message);
    wakeLoop();
  });
  setInterval(look, LOOK_MS);
  setInterval(tellStatus, STATUS_MS);
  void loop();
}
