/** Where a rule may hold: the resource itself, and what it lies in. */
export function scopesOf(resourceId: string): { scope: string; label: string }[] {
  const [, , subscription = '', , group = ''] = resourceId.split('/');
  return [
    { scope: resourceId, label: 'This resource' },
    { scope: `/subscriptions/${subscription}/resourceGroups/${group}`, label: `Resource group ${group}` },
    { scope: `/subscriptions/${subscription}`, label: 'The whole subscription' },
    { scope: '/', label: 'Everywhere' },
  ];
}
