/**
 * How networks are trained: settings, and the files and built-in recipes that hold them. Start with
 * {@link dsa.trainer.recipe.TrainingRecipes} and {@link dsa.trainer.recipe.TrainingRecipe}.
 */
package dsa.trainer.recipe;
