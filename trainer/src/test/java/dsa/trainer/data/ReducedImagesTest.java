package dsa.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks trained on images that are shifted by half a pixel, or summed with other weights, learn
 * as well as on the right ones: nothing but these numbers would tell.
 */
final class ReducedImagesTest {

  private static ImageSet made(int images) {
    RandomStream random = SeedPath.root(3).generator();
    byte[] pixels = new byte[images * 3 * 32 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.nextInt(256);
    }
    byte[] labels = new byte[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (byte) (i % 10);
    }
    return ImageSet.of(pixels, labels);
  }

  /** The mean over the area of a small pixel, by fine strokes of which each lies in one pixel. */
  private static double mean(ImageSet whole, int plane, int y, int x, int side) {
    double sum = 0;
    for (int down = 0; down < 32; down++) {
      for (int right = 0; right < 32; right++) {
        int row = (y * 32 + down) / side; // 32 strokes a small pixel, side strokes a whole one
        int column = (x * 32 + right) / side;
        sum += whole.level(plane * 1024 + row * 32 + column);
      }
    }
    return sum / 1024;
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 16, 20, 24, 28})
  void everyPixelIsTheExactMeanOfItsArea(int side) {
    ImageSet whole = made(2);
    ImageSet reduced = whole.reduced(side);
    assertEquals(side, reduced.side());
    assertEquals(2, reduced.size());
    assertEquals(1, reduced.label(1));
    for (int plane = 0; plane < 6; plane++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int place = (plane * side + y) * side + x;
          assertEquals(
              mean(whole, plane, y, x, side),
              (double) reduced.level(place) / reduced.shares(),
              1e-9,
              "plane " + plane + ", row " + y + ", column " + x);
        }
      }
    }
  }

  @Test
  void sixteenRowsAreSumsOfTwoByTwoPixels() {
    ImageSet whole = made(1);
    ImageSet reduced = whole.reduced(16);
    assertEquals(4, reduced.shares());
    assertEquals(1020, reduced.greatestLevel());
    assertEquals(
        whole.level(1024 + 2 * 32 + 6)
            + whole.level(1024 + 2 * 32 + 7)
            + whole.level(1024 + 3 * 32 + 6)
            + whole.level(1024 + 3 * 32 + 7),
        reduced.level(256 + 16 + 3));
  }

  @Test
  void numbersAreThoseOfTheMeanBrightness() {
    ImageSet reduced = made(1).reduced(16);
    PixelNormalization.Table whole = PixelNormalization.CIFAR10.table(made(1));
    PixelNormalization.Table small = PixelNormalization.CIFAR10.table(reduced);
    for (int level = 0; level < 256; level++) {
      assertEquals(whole.of(1, level), small.of(1, 4 * level));
    }
  }

  @Test
  void partsOfAReducedSetAreReducedParts() {
    ImageSet whole = made(3);
    ImageSet part = whole.reduced(12).subset(new int[] {2, 0});
    ImageSet other = whole.subset(new int[] {2, 0}).reduced(12);
    assertEquals(2, part.size());
    assertEquals(2, part.label(0));
    for (int place = 0; place < 2 * 3 * 144; place++) {
      assertEquals(other.level(place), part.level(place));
    }
  }

  @Test
  void otherSidesAreRefused() {
    ImageSet whole = made(1);
    assertSame(whole, whole.reduced(32));
    for (int side : new int[] {0, 4, 18, 36}) {
      assertThrows(IllegalArgumentException.class, () -> whole.reduced(side));
    }
    ImageSet reduced = whole.reduced(16);
    assertThrows(IllegalArgumentException.class, () -> reduced.reduced(8));
    assertThrows(IllegalStateException.class, reduced::pixels);
  }
}
