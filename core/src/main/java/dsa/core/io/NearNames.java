package dsa.core.io;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds what was perhaps meant by a name that nobody knows. */
public final class NearNames {

  private static final int EDITS = 2;

  private NearNames() {}

  /**
   * Those of {@code known}, in their order, that {@code name} can be typed for by mistake: at most
   * two edits apart when case, dashes and underscores do not count.
   */
  public static List<String> of(String name, Collection<String> known) {
    return known.stream().filter(one -> edits(bare(name), bare(one)) <= EDITS).toList();
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
