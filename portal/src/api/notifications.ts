import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { queryOf } from './alerts.ts';
import type { Answer, Body, Delivery, NotificationChannel } from './schema.ts';
import { send } from './send.ts';

export type DeliveryState = Delivery['state'];
export type MaintenanceWindow = Answer<'get', '/api/v1/notifications/maintenance'>['items'][number];
export type NewWindow = Body<'post', '/api/v1/notifications/maintenance'>;
export type AlertMatch = NotificationChannel['only'][number];
type Preview = Answer<'post', '/api/v1/notifications/preview'>;
export type PreviewedAlert = Preview['items'][number];
interface TestOutcome {
  delivered: boolean;
  error?: string;
}

const PAGE_SIZE = 50;

export function useChannels() {
  return useQuery({
    queryKey: ['notifications', 'channels'],
    queryFn: ({ signal }) =>
      send<{ items: NotificationChannel[] }>('GET', '/api/v1/notifications/channels', { signal }),
  });
}

/** Sends a sample, marked as a test. */
export function useTestChannel() {
  return useMutation({
    mutationFn: (name: string) =>
      send<TestOutcome>('POST', `/api/v1/notifications/channels/${encodeURIComponent(name)}/test`),
  });
}

export function useMaintenance() {
  return useQuery({
    queryKey: ['notifications', 'maintenance'],
    queryFn: ({ signal }) =>
      send<{ items: MaintenanceWindow[] }>('GET', '/api/v1/notifications/maintenance', { signal }),
  });
}

/** Adds a window, or replaces one that people made. */
export function useSaveWindow(before: MaintenanceWindow | undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewWindow) =>
      before === undefined
        ? send<MaintenanceWindow>('POST', '/api/v1/notifications/maintenance', { body })
        : send<MaintenanceWindow>('PUT', pathOf(before), { body, ifMatch: before.etag ?? '' }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
}

export function useRemoveWindow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (window: MaintenanceWindow) =>
      send<undefined>('DELETE', pathOf(window), { ifMatch: window.etag ?? '' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
}

function pathOf({ id = '' }: MaintenanceWindow): string {
  return `/api/v1/notifications/maintenance/${id}`;
}

/** Which alerts of the last days would have been told, and to whom. */
export function useNotificationPreview(days: number) {
  return useQuery({
    queryKey: ['notifications', 'preview', days],
    queryFn: ({ signal }) => send<Preview>('POST', '/api/v1/notifications/preview', { body: { days }, signal }),
  });
}

export function useDeliveries(state: DeliveryState | undefined) {
  return useInfiniteQuery({
    queryKey: ['deliveries', state],
    queryFn: ({ pageParam, signal }) =>
      send<{ items: Delivery[]; next?: string }>(
        'GET',
        `/api/v1/deliveries?${queryOf({ state, limit: PAGE_SIZE, cursor: pageParam })}`,
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function useResend() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => send<Delivery>('POST', `/api/v1/deliveries/${encodeURIComponent(id)}/resend`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['deliveries'] }),
  });
}
