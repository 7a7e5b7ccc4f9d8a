package dsa.sampler.blocks;

import dsa.sampler.Dimension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * A choice that templates can name: one of several numbers, or one of several texts.
 *
 * @param key where it stands in the space's file, such as {@code choices.kernel}
 * @param dimension its values
 * @param texts what stands in for its name at each value; empty if it is one of numbers
 */
record BlockAxis(String key, Dimension dimension, List<String> texts) {

  /** Copies the texts; rejects fewer than values. */
  BlockAxis {
    texts = List.copyOf(texts);
    if (!texts.isEmpty() && texts.size() != dimension.size()) {
      throw new IllegalArgumentException(
          dimension.name() + " has " + dimension.size() + " values and " + texts.size() + " texts");
    }
  }

  /** How many combinations the axes have. */
  static long combinations(List<BlockAxis> axes) {
    long product = 1;
    for (BlockAxis axis : axes) {
      product = Math.min(Integer.MAX_VALUE, product * axis.dimension.size());
    }
    return product;
  }

  /** Where a combination stands on each of the axes, of which the last runs fastest. */
  static int[] places(List<BlockAxis> axes, int combination) {
    int[] places = new int[axes.size()];
    int rest = combination;
    for (int i = places.length - 1; i >= 0; i--) {
      places[i] = rest % axes.get(i).dimension.size();
      rest /= axes.get(i).dimension.size();
    }
    return places;
  }

  /** Adds what the names stand for in a combination. */
  static void bind(
      List<BlockAxis> axes,
      int combination,
      Map<String, BigDecimal> numbers,
      Map<String, String> texts) {
    int[] places = places(axes, combination);
    for (int i = 0; i < places.length; i++) {
      BlockAxis axis = axes.get(i);
      if (axis.texts.isEmpty()) {
        numbers.put(
            axis.dimension.name(), BigDecimal.valueOf(axis.dimension.values().get(places[i])));
      } else {
        texts.put(axis.dimension.name(), axis.texts.get(places[i]));
      }
    }
  }

  /** A combination as people read it, such as {@code kernel 5, op mb3}. */
  static String text(List<BlockAxis> axes, int combination) {
    int[] places = places(axes, combination);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < places.length; i++) {
      Dimension dimension = axes.get(i).dimension;
      text.append(i == 0 ? "" : ", ")
          .append(dimension.name())
          .append(' ')
          .append(dimension.labels().get(places[i]));
    }
    return text.toString();
  }
}
