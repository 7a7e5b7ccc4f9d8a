/**
 * MXNet through DJL behind {@link dsa.trainer.engine.Ops}, an independent second opinion on
 * libtorch; the only package that sees DJL.
 */
package dsa.trainer.djl;
