/** Where an address is, as far as data files know. */
export interface Location {
  /** ISO 3166-1 alpha-2, upper case. */
  countryCode: string;
  countryName: string;
  city?: string;
  latitude?: number;
  longitude?: number;
}

/** The network that announces an address. */
export interface AutonomousSystem {
  number: number;
  organization: string;
}

/** The data centre that an address belongs to, from the provider's own list. */
export interface CloudRegion {
  provider: 'Azure' | 'AWS' | 'Google Cloud';
  /** The provider's own name of the region: `westeurope`, `eu-central-1`, `europe-west3`. */
  region: string;
  /** For people: `West Europe, Netherlands`; the region as above where its name is not known. */
  label: string;
}

/** What one list of suspicious addresses says of an address. */
export interface Listing {
  /** File name of the list: `tor-exits.txt`. */
  name: string;
  kind: 'tor' | 'threat';
  /** What it says of the entry, capped: `SBL256894`, `Cobalt Strike C2`. */
  note?: string;
  /** 0 to 100, as STIX 2.1 counts. */
  confidence?: number;
  /** From when on the entry says nothing anymore. Milliseconds since the epoch, UTC. */
  validUntil?: number;
}

/** What lists of suspicious addresses say; absent when none holds the address. */
export interface Reputation {
  /** At least one; some may no longer be valid at the time that is judged. */
  lists: readonly Listing[];
}

/** A network that the operator named in the configuration. */
export interface NamedNetwork {
  name: string;
  trusted: boolean;
}

/** The unit in which "from where" is judged. */
export interface Place {
  /** Equal keys are the same place. */
  key: string;
  /** For people: `Berlin office`, `10.20.3.0/24`, `Germany, AS3320 Deutsche Telekom AG`, `hosts of t-ipconnect.de`. */
  label: string;
  kind: 'named' | 'private' | 'public';
  /** Absent for named and private places without a location, and domains of no country. */
  countryCode?: string;
  countryName?: string;
}

/** All we know about one address. */
export interface AddressFacts {
  /** Canonical text: IPv4-mapped IPv6 is shown as IPv4, IPv6 in RFC 5952 form; a host name or `[local]` as logged. */
  address: string;
  namedNetwork?: NamedNetwork;
  location?: Location;
  autonomousSystem?: AutonomousSystem;
  cloudRegion?: CloudRegion;
  reputation?: Reputation;
  /** Absent when nothing is known about the address: unknown is never unusual. */
  place?: Place;
}
