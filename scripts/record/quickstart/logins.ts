import type { Login } from '../clients.ts';
import type { AddressMap } from '../publish-log.ts';

/**
 * Where the clients of the recording are bound to → where the published log says they are.
 * Public addresses were chosen for their country and network alone; they have nothing to do with their holders.
 */
export const QUICKSTART_ADDRESSES: AddressMap = {
  '127.20.': '10.20.', // the Kubernetes cluster
  '127.101.0.1': '87.138.200.17', // the office: Germany, Deutsche Telekom
  '127.101.0.2': '88.68.77.12', // j.meyer at home: Germany, Vodafone
  '127.101.0.3': '178.2.14.9', // the same home, after the provider gave it a new address
  '127.102.0.1': '45.155.204.10', // the dictionary attack: Russia, a hosting company
  '127.102.0.2': '185.156.73.54', // the password spraying: Netherlands, a hosting company
  '127.102.0.3': '179.118.44.21', // the stolen password: Brazil, Vivo
};

export const OFFICE = '127.101.0.1';
export const HOME = '127.101.0.2';
export const HOME_RENUMBERED = '127.101.0.3';
export const DICTIONARY_ATTACKER = '127.102.0.1';
export const SPRAYING_ATTACKER = '127.102.0.2';
export const THIEF = '127.102.0.3';

export const PODS = ['127.20.3.11', '127.20.3.12'] as const;

export const SHOP_API: Login = {
  user: 'shop',
  password: 'invented-shop-9',
  database: 'orders',
  application: 'shop-api/1.41.2',
};
export const METRICS: Login = {
  user: 'metrics',
  password: 'invented-metrics-4',
  database: 'orders',
  application: 'postgres_exporter',
  from: '127.20.7.2',
};
export const BACKUP: Login = {
  user: 'backup',
  password: 'invented-backup-7',
  database: 'orders',
  application: 'pg_dump',
  from: '127.20.9.5',
};
export const BILLING: Login = {
  user: 'billing',
  password: 'invented-billing-1',
  database: 'orders',
  application: 'invoice-worker/3.2',
  from: '127.20.5.11',
};
export const MIGRATOR: Login = {
  user: 'migrator',
  password: 'invented-migrator-5',
  database: 'orders',
  application: 'flyway',
  from: '127.20.8.4',
};
export const ANALYST: Login = {
  user: 'analyst',
  password: 'invented-winter2026',
  database: 'orders',
  application: 'DBeaver 24.2.1 - SQLEditor',
  from: OFFICE,
};
export const MEYER: Login = {
  user: 'j.meyer',
  password: 'invented-meyer-6',
  database: 'orders',
  application: 'psql',
  from: OFFICE,
};

/** What the billing worker has to use after the rotation. */
export const BILLING_NEW_PASSWORD = 'invented-billing-2';
