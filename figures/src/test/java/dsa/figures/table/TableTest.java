package dsa.figures.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** An unescaped name breaks a paper's build, a rounded CSV loses digits for good. */
final class TableTest {

  private static final Table TABLE =
      Table.of(
              Column.text("space"),
              Column.count("used"),
              Column.number("min error", 2).in("%"),
              Column.number("p", 3))
          .row("resnet_a & \"b\", 50%", 3891, 4.836667, 0.25)
          .row("x|y", 2200L, OptionalDouble.empty(), "< 0.001")
          .build();

  @Test
  void csvHasAllDigitsAndQuotesWhereNeeded() {
    assertEquals(
        """
        space,used,min error (%),p
        "resnet_a & ""b"", 50%",3891,4.836667,0.25
        x|y,2200,,< 0.001
        """,
        CsvTable.of(TABLE));
  }

  @Test
  void latexIsABooktabsTabularWithEverySpecialCharacterEscaped() {
    assertEquals(
        """
        % needs \\usepackage{booktabs,graphicx}
        \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%
        \\begin{tabular}{lrrr}
        \\toprule
        space & used & min error (\\%) & p \\\\
        \\midrule
        resnet\\_a \\& \\char34{}b\\char34{}, 50\\% & 3891 & 4.84 & 0.250 \\\\
        x\\textbar{}y & 2200 &  & \\textless{} 0.001 \\\\
        \\bottomrule
        \\end{tabular}}
        """,
        LatexTable.of(TABLE));
    assertEquals(
        "$-$0.1 {[}$-$0.2, $-$1{]} & a-1",
        LatexTable.of(
                Table.of(Column.text("x"), Column.text("y")).row("-0.1 [-0.2, -1]", "a-1").build())
            .lines()
            .toList()
            .get(6)
            .replace(" \\\\", ""));
    assertEquals(
        "\\textbackslash{}\\{\\}\\textasciitilde{}\\#\\$\\textasciicircum{}",
        LatexTable.escape("\\{}~#$^"));
    assertEquals("p $\\le$ 0.0005", LatexTable.escape("p ≤ 0.0005"));
  }

  @Test
  void markdownKeepsItsColumnsWhateverTheCellsHold() {
    assertEquals(
        """
        | space | used | min error (%) | p |
        | :--- | ---: | ---: | ---: |
        | resnet\\_a & "b", 50% | 3891 | 4.84 | 0.250 |
        | x\\|y | 2200 |  | &lt; 0.001 |
        """,
        MarkdownTable.of(TABLE));
  }

  @Test
  void textColumnsLineUp() {
    assertEquals(
        """
        space                used  min error        p
                                           %
        resnet_a & "b", 50%  3891       4.84    0.250
        x|y                  2200             < 0.001
        """,
        TextTable.of(TABLE));
  }

  @Test
  void textHasNoRowOfUnitsWhereThereAreNone() {
    Table plain = Table.of(Column.text("a"), Column.count("n")).row("x", 1).build();
    assertEquals("a  n\nx  1\n", TextTable.of(plain));
  }

  @Test
  void digitsAreAsciiInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals("٣", "%d".formatted(3), "this locale has other digits");
      String all =
          CsvTable.of(TABLE) + LatexTable.of(TABLE) + MarkdownTable.of(TABLE) + TextTable.of(TABLE);
      assertTrue(all.chars().allMatch(c -> c < 128), all);
      assertTrue(all.contains("4.836667") && all.contains("3891"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void roundingIsThatOfTheExactBinaryValue() {
    assertEquals("0.12", Decimals.fixed(0.125, 2)); // a tie, to even
    assertEquals("2.67", Decimals.fixed(2.675, 2)); // a little below the tie
    assertEquals("0.00", Decimals.fixed(-0.001, 2));
    assertEquals("Infinity", Decimals.fixed(Double.POSITIVE_INFINITY, 2));
  }

  @Test
  void rowsThatDoNotFitAreRefused() {
    Table.Builder table = Table.of(Column.text("a"), Column.text("b"));
    assertThrows(IllegalArgumentException.class, () -> table.row("one"));
    assertThrows(IllegalArgumentException.class, () -> table.row("one", new Object()));
    assertThrows(IllegalArgumentException.class, () -> Table.of().build());
    assertFalse(CsvTable.of(table.row("x", Optional.empty()).build()).contains("Optional"));
  }
}
