package dsa.trainer;

import dsa.trainer.data.ImageSet;

/** temp */
record TrainingImages(ImageSet train, ImageSet test, String checksum) {
  int[] trainPlaces(TrainingRecipe recipe) {
    int[] p = new int[recipe.trainImages()];
    for (int i = 0; i < p.length; i++) p[i] = i;
    return p;
  }

  int[] validationPlaces(TrainingRecipe recipe) {
    return new int[0];
  }
}
