/**
 * Trains one network on an engine. Start with {@link dsa.trainer.network.ModelTrainer} and {@link
 * dsa.trainer.network.NetworkTrainer}; what engines compute is behind {@link
 * dsa.trainer.engine.Ops}.
 */
package dsa.trainer.network;
