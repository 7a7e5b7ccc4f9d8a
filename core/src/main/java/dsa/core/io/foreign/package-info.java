/**
 * Files of other projects, read into populations. Start with {@link
 * dsa.core.io.foreign.PopulationFile}, which opens whatever a user names; each importer reads one
 * format and says in an {@link dsa.core.io.foreign.ImportReport} what it found, assumed and left
 * out. Nothing here writes.
 */
package dsa.core.io.foreign;
