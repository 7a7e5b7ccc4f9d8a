/**
 * Training by the PyTorch of a Python that the machine already has: plans of networks as JSON, and
 * the one Python file that reads them and trains ({@code train.py}, a resource beside this
 * package). Start with {@link dsa.trainer.pytorch.PythonFiles}; {@link
 * dsa.trainer.pytorch.PythonProbe} finds out what a Python can train on.
 */
package dsa.trainer.pytorch;
