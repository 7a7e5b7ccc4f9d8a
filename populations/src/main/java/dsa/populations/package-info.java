/**
 * One door for populations: {@link dsa.populations.PopulationSource} opens a built-in one, a sweep
 * that is finished or still running, a run log, a population file, or a table of another project,
 * whichever a text names. What importers found and assumed comes as remarks of the {@link
 * dsa.populations.OpenedPopulation}. Nothing here writes.
 */
package dsa.populations;
