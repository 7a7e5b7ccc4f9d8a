/**
 * Files of other projects, read into populations. Each importer reads one format and says in an
 * {@link dsa.populations.importers.ImportReport} what it found, assumed and left out. Nothing here
 * writes.
 */
package dsa.populations.importers;
