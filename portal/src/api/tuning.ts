import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { resourcePath } from './resources.ts';
import type { Answer, Body, Detector, TuningRun } from './schema.ts';
import { send } from './send.ts';

export type HeldSettings = Answer<'get', '/api/v1/resources/{resource}/held-settings'>;
export type DetectorSetting = Detector['settings'][number];
export type Trial = TuningRun['trials'][number];
export type JudgedAlert = Trial['gone'][number];
type NewRun = Body<'post', '/api/v1/resources/{resource}/tuning-runs'>;

/** A run tells how far it is this often; milliseconds. */
const ASK_EVERY_MS = 500;

export function useDetectors() {
  return useQuery({
    queryKey: ['detectors'],
    queryFn: ({ signal }) => send<{ items: Detector[] }>('GET', '/api/v1/detectors', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Every setting that holds for a resource, wherever it comes from. */
export function useHeldSettings(resource: string) {
  return useQuery({
    queryKey: ['resource', resource, 'held-settings'],
    queryFn: ({ signal }) => send<HeldSettings>('GET', `${resourcePath(resource)}/held-settings`, { signal }),
  });
}

export function useStartTuning(resource: string) {
  return useMutation({
    mutationFn: (body: NewRun) => send<TuningRun>('POST', `${resourcePath(resource)}/tuning-runs`, { body }),
  });
}

/** @param id undefined: nothing runs */
export function useTuningRun(id: string | undefined) {
  return useQuery({
    queryKey: ['tuning-run', id],
    queryFn: ({ signal }) => send<TuningRun>('GET', runPath(id!), { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || state.data.state === 'running' ? ASK_EVERY_MS : false),
  });
}

export function useCancelTuning() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send<undefined>('DELETE', runPath(id)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tuning-run'] }),
  });
}

function runPath(id: string): string {
  return `/api/v1/tuning-runs/${encodeURIComponent(id)}`;
}
