package dsa.populations.importers;

import dsa.core.run.Population;

/**
 * A population made from a foreign file.
 *
 * @param population the models, and as further columns what the source says beside them
 * @param report what was read, assumed and left out
 */
public record Imported(Population population, ImportReport report) {}
