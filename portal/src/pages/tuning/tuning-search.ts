/** What is tuned, as it stands in the page's address. */
export interface TuningSearch {
  /** Id of a resource. */
  resource?: string;
  detector?: string;
}

export function tuningSearch({ resource, detector }: Record<string, unknown>): TuningSearch {
  return {
    ...(typeof resource === 'string' && resource !== '' && { resource }),
    ...(typeof detector === 'string' && detector !== '' && { detector }),
  };
}
