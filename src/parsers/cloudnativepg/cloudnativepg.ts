import { plainJsonText } from '../../azure/json-text.ts';
import { createObjectWalker } from '../../azure/object-walker.ts';
import { ScanWindow } from '../../scan/scan-window.ts';
import { createJsonObjects } from '../json-objects.ts';
import type { Parser, ReaderOptions, RecordReader } from '../parser.ts';
import { createRecordView } from '../record-view.ts';
import { behindContainerHeader } from './container-header.ts';
import { createLineJudge } from './judge-line.ts';
import { MEMBER_KEYS } from './members.ts';
import { redactLine } from './redact-line.ts';

/** PostgreSQL under the CloudNativePG operator: JSON lines, also as Kubernetes keeps them in `/var/log/pods`. */
export const cloudnativepg: Parser = {
  id: 'cloudnativepg',
  engines: ['postgresql'],
  open: createCloudNativePgReader,
  redact: redactLine,
};

function createCloudNativePgReader(options: ReaderOptions): RecordReader {
  const window = new ScanWindow('json');
  const view = createRecordView('postgresql');
  const walker = createObjectWalker(window, MEMBER_KEYS);
  const judged = createLineJudge(window, view, walker.found, options);
  const objects = createJsonObjects(window, view, walker, () => judged.judge(), behindContainerHeader);

  return {
    window,
    view,
    next: (isEnd) => objects.next(isEnd),
    findClient: () => judged.findClient(),
    findApplication: () => judged.findApplication(),
    findRequest: () => judged.findRequest(),
    protection: () => judged.protection(),
    plain: (span, maxBytes) => plainJsonText(window, span, maxBytes),
    rewind(position) {
      window.resume(position);
      objects.forget();
    },
    restart(offset) {
      window.restart(offset);
      objects.forget();
    },
    save: () => ({ isLost: objects.isLost }),
    recall(saved) {
      objects.isLost = (saved as { isLost: boolean }).isLost;
    },
  };
}
