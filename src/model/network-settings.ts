/** A network that the operator names: what an address means to them. */
export interface NetworkSettings {
  name: string;
  /** CIDR blocks or lone addresses. */
  cidr: readonly string[];
  location?: NetworkLocation | undefined;
  /** Access from here is beyond suspicion. */
  trusted?: boolean | undefined;
}

export interface NetworkLocation {
  /** ISO 3166-1 alpha-2. */
  country: string;
  city?: string | undefined;
  /** Degrees, north and east positive. */
  lat?: number | undefined;
  lon?: number | undefined;
}
