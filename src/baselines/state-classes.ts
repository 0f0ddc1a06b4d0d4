import { Acquaintances } from './acquaintances.ts';
import { FamiliarValues } from './familiar-values.ts';
import { HabitTable } from './habit-table.ts';
import { Habits } from './habits.ts';
import { LastUses } from './last-uses.ts';
import { Members } from './members.ts';
import { OneDayVisits } from './one-day-visits.ts';
import { UsualHours } from './usual-hours.ts';

/** Classes that states of detectors consist of, by the names under which they are kept. */
export const BASELINE_CLASSES = {
  Acquaintances,
  FamiliarValues,
  HabitTable,
  Habits,
  LastUses,
  Members,
  OneDayVisits,
  UsualHours,
};
