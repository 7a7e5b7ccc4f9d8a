/**
 * What training asks of a numerical library. Start with {@link dsa.trainer.engine.Engine} and
 * {@link dsa.trainer.engine.Ops}. Networks, weights and optimisers are above this package, in plain
 * Java, the same for every engine.
 */
package dsa.trainer.engine;
