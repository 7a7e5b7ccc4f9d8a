package dsa.trainer.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.ArchitectureSpec;
import dsa.core.arch.Task;
import dsa.core.io.SweepPlan;
import dsa.core.run.DrawnModel;
import dsa.trainer.recipe.TrainingRecipe;
import dsa.trainer.recipe.TrainingRecipes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packed sweeps are trained on machines that this version never sees, by files that other programs
 * may read: a field that changes its meaning silently trains other networks.
 */
final class PlanFormatTest {

  /** Every operation, joins of both kinds, and a network that reduced images do not fit. */
  private static final List<String> ARCHITECTURES =
      List.of(
          "graph | conv3@16/2 bn swish | split(8: dw3 bn relu; 4: dw5d2; 4: id) bn shuffle4"
              + " | 2x sum(conv1@32 bn swish dw3/1 bn swish swishse4 conv1@16 bn; id)"
              + " | conv1@32 bn se8 relu shift"
              + " | cat(max3/2; avg3/2; zero/2; conv1x3@8/1x2 conv3x1@8/2x1g4 bn) bn relu"
              + " | innermax2 inneravg3/2 innerconv2@16 bn",
          "graph | conv3@8 bn | relu conv1@8 bn | <1+2> id | <1 3> bn relu",
          "cells cifar:6 d4 aux"
              + " | sep_conv_3x3(1)&skip_connect(0) max_pool_3x3(2)+skip_connect(2)"
              + " conv_3x3(2)&none(1) -> 4"
              + " | skip_connect(0)&skip_connect(1) sep_conv_3x3(2)+max_pool_3x3(1)"
              + " skip_connect(3)+dil_conv_5x5(2) -> 3 4");

  @TempDir Path folder;

  private static SweepPlan plan(TrainingRecipe recipe, int models) {
    return new SweepPlan(
        "every op", "0123", models, recipe.name(), recipe.hash(), 7, "cifar10", "beef");
  }

  private static List<DrawnModel> models() {
    List<DrawnModel> models = new ArrayList<>();
    for (String text : ARCHITECTURES) {
      ArchitectureSpec spec = ArchitectureSpec.parse(text);
      models.add(new DrawnModel(3 * models.size(), spec, spec.complexity(Task.CIFAR10)));
    }
    return models;
  }

  private void write(TrainingRecipe recipe) throws IOException {
    PythonFiles.write(folder, plan(recipe, 3), recipe, models(), "0.1.0, arithmetic 3");
  }

  private static String golden() throws IOException {
    try (InputStream in = PlanFormatTest.class.getResourceAsStream("plans.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void plansAreWrittenAsSpecified() throws IOException {
    write(TrainingRecipes.find("cpu-mini").withOptions(32, false, 0, 1));
    assertEquals(golden(), Files.readString(folder.resolve("plans.jsonl")));
  }

  @Test
  void aNetworkThatDoesNotFitItsImagesIsRefusedThereAsHere() throws IOException {
    write(TrainingRecipes.find("cpu-mini").withOptions(8, false, 0, 1));
    List<String> lines = Files.readAllLines(folder.resolve("plans.jsonl"));
    assertTrue(lines.get(1).contains("\"refused\":\"with images of side 8, "), lines.get(1));
    assertTrue(lines.get(2).contains("\"input\":[3,8,8]"), lines.get(2));
  }

  @Test
  void filesOfTheUsersOwnAreNotReplaced() throws IOException {
    Path own = folder.resolve("train.py");
    Files.writeString(own, "print('mine')\n");
    FileSystemException refused =
        assertThrows(FileSystemException.class, () -> write(TrainingRecipes.find("cpu-mini")));
    assertEquals("is there already and no sweep's; give another folder", refused.getReason());
    assertEquals("print('mine')\n", Files.readString(own));
    Files.delete(own);
    write(TrainingRecipes.find("cpu-mini"));
    write(TrainingRecipes.find("cpu-mini"));
    assertTrue(Files.readString(own).startsWith("#!/usr/bin/env python3\n"), "the program");
  }
}
