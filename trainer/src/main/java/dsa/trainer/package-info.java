/**
 * Turns drawn networks into run records: {@code recipe} says how to train, {@code data} has the
 * images, {@code network} trains one network through {@code engine}, which {@code libtorch} and
 * {@code djl} implement, {@code checkpoint} keeps it on the way, and {@code sweep} trains many.
 * Start with {@link dsa.trainer.sweep.Sweep}; {@link dsa.trainer.Engines} chooses an engine.
 * Samplers and statistics are not here.
 */
package dsa.trainer;
