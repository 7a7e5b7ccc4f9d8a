/**
 * Sweeps: many networks trained by worker processes under a supervisor that survives them.
 *
 * <pre>{@code
 * Sweep sweep =
 *     Sweep.begin(
 *         Path.of("runs/resnet"),
 *         SweepNetworks.read(Path.of("resnet.jsonl")),
 *         TrainingRecipes.find("cpu-mini"),
 *         SweepOptions.withDefaults(),
 *         SweepListener.NONE);
 * sweep.run();
 * Population population = sweep.folder().collect(ErrorKind.MIN).population();
 * }</pre>
 *
 * <p>The same call goes on after an interruption, as does {@link dsa.trainer.sweep.Sweep#resume}.
 * What supervisor and workers say to each other is specified in docs/formats.md. Training itself is
 * not here but in {@link dsa.trainer.network}.
 */
package dsa.trainer.sweep;
