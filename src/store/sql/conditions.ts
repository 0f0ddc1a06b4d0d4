import type { Expression, ExpressionBuilder, ReferenceExpression, SqlBool, StringReference } from 'kysely';

/** The character behind `/`: ids below a scope are between `scope/` and `scope0`. */
const BEHIND_SLASH = '0';

/** Holds for ids that are one of the scopes, or below one. `/` or nothing is above everything. */
export function isInScopes<DB, TB extends keyof DB>(
  eb: ExpressionBuilder<DB, TB>,
  column: ReferenceExpression<DB, TB>,
  scopes: readonly string[],
): Expression<SqlBool> {
  return eb.or(
    scopes.map((scope) => {
      const id = scope.toLowerCase().replace(/\/+$/, '');
      return id === ''
        ? eb.lit(true)
        : eb.and([
            eb(column, '>=', id as never), // one range, so that an index gives its order
            eb(column, '<', `${id}${BEHIND_SLASH}` as never),
            eb.or([eb(column, '=', id as never), eb(column, '>', `${id}/` as never)]),
          ]);
    }),
  );
}

/** Holds for what the list holds; for an empty list it never does (PostgreSQL refuses one). */
export function isOneOf<DB, TB extends keyof DB>(
  eb: ExpressionBuilder<DB, TB>,
  column: StringReference<DB, TB>,
  values: readonly (string | number)[],
): Expression<SqlBool> {
  return values.length === 0 ? eb.lit(false) : eb(column, 'in', values as never);
}
