/**
 * Sweeps: many networks trained by worker processes under a supervisor that survives them. Start
 * with {@link dsa.trainer.sweep.Sweep} and {@link dsa.trainer.sweep.SweepFolder}.
 */
package dsa.trainer.sweep;
