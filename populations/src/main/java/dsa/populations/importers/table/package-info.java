/**
 * Any table of trained models: {@link dsa.populations.importers.table.CsvImporter} reads it as a
 * {@link dsa.populations.importers.table.CsvMapping} says, and recognises what that leaves open.
 */
package dsa.populations.importers.table;
