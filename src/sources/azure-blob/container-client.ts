import { DefaultAzureCredential } from '@azure/identity';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';

export interface BlobSettings {
  /** `https://ACCOUNT.blob.core.windows.net`, with a shared access signature where one is used. */
  account?: string;
  /** In place of `account`; a secret. */
  connectionString?: string;
  container: string;
  /** Only blobs whose names begin so. */
  prefix?: string;
}

const RETRIES = { retryOptions: { maxTries: 2, tryTimeoutInMs: 30_000 } };

/** By connection string, by shared access signature, or with the Azure identity of this machine. */
export function containerClient({ account = '', connectionString, container }: BlobSettings): ContainerClient {
  const service =
    connectionString === undefined
      ? new BlobServiceClient(account, account.includes('sig=') ? undefined : new DefaultAzureCredential(), RETRIES)
      : BlobServiceClient.fromConnectionString(connectionString, RETRIES);
  return service.getContainerClient(container);
}
