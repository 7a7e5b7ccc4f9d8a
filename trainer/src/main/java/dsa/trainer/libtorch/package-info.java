/** libtorch behind {@link dsa.trainer.engine.Ops}; the only package that sees JavaCPP. */
package dsa.trainer.libtorch;
