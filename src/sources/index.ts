import { azureBlob } from './azure-blob/azure-blob.ts';
import { fileTail } from './file-tail/file-tail.ts';
import { httpPush } from './http-push/http-push.ts';
import { kafka } from './kafka/kafka.ts';
import type { Source } from './source.ts';
import { syslog } from './syslog/syslog.ts';

/** Every way in. */
export const sources: readonly Source[] = [fileTail, httpPush, kafka, syslog, azureBlob];
