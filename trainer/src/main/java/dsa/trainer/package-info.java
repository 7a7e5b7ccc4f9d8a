/**
 * Turns drawn networks into run records. Start with {@link dsa.trainer.ModelTrainer} and {@link
 * dsa.trainer.TrainingRecipe}. Engines are behind {@link dsa.trainer.engine.Ops}; samplers and
 * statistics are not here.
 */
package dsa.trainer;
