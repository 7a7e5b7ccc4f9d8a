package dsa.core.arch.genotype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.core.arch.Cell.OutputRule;
import dsa.core.arch.CellSpec;
import dsa.core.arch.CellSpec.Stacking;
import dsa.core.arch.Task;
import dsa.core.complexity.Complexity;
import dsa.core.random.RandomStream;
import dsa.core.random.SeedPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cells found elsewhere arrive as genotypes: one operand read as another's makes a network that
 * trains well and is not the published one.
 */
final class GenotypeTest {

  private static final String DARTS_REDUCE_V2 =
      "[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1),"
          + " ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)]";

  private static final String V1 =
      "Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0),"
          + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('skip_connect', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)], reduce_concat=[2, 3,"
          + " 4, 5])";

  private static final String V2 =
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
          + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce="
          + DARTS_REDUCE_V2
          + ", reduce_concat=[2, 3, 4, 5])";

  /** The cells of the one cell record of the NDS release. */
  private static final String AMOEBA =
      "{\"normal\": [[\"avg_pool_3x3\", 0], [\"conv_7x1_1x7\", 1], [\"sep_conv_3x3\", 2],"
          + " [\"sep_conv_5x5\", 0], [\"dil_sep_conv_3x3\", 2], [\"dil_sep_conv_3x3\", 2],"
          + " [\"skip_connect\", 4], [\"dil_sep_conv_3x3\", 4], [\"conv_7x1_1x7\", 2],"
          + " [\"sep_conv_3x3\", 4]], \"normal_concat\": [3, 5, 6], \"reduce\":"
          + " [[\"avg_pool_3x3\", 0], [\"dil_sep_conv_3x3\", 1], [\"sep_conv_3x3\", 0],"
          + " [\"sep_conv_3x3\", 0], [\"skip_connect\", 2], [\"sep_conv_7x7\", 0],"
          + " [\"conv_7x1_1x7\", 4], [\"skip_connect\", 4], [\"conv_7x1_1x7\", 0],"
          + " [\"conv_7x1_1x7\", 5]], \"reduce_concat\": [3, 6]}";

  /** The cells that MDENAS found, in the nested form its code prints. */
  private static final String MDENAS =
      "Genotype(normal=[[('sep_conv_5x5', 1), ('sep_conv_3x3', 0)], [('skip_connect', 0),"
          + " ('sep_conv_5x5', 1)], [('sep_conv_5x5', 3), ('sep_conv_3x3', 1)], [('dil_conv_5x5',"
          + " 3), ('max_pool_3x3', 4)]], normal_concat=range(2, 6), reduce=[[('max_pool_3x3', 0),"
          + " ('sep_conv_5x5', 1)], [('skip_connect', 0), ('skip_connect', 1)], [('sep_conv_3x3',"
          + " 3), ('skip_connect', 2)], [('dil_conv_3x3', 3), ('sep_conv_5x5', 0)]],"
          + " reduce_concat=range(2, 6))";

  @Test
  void publishedGenotypesAreWrittenAsTheyWereRead() {
    assertEquals(V1, Genotype.parse(V1).text());
    assertEquals(V2, Genotype.parse("DARTS = " + V2.replace("[2, 3, 4, 5]", "range(2, 6)")).text());
    assertEquals(AMOEBA, Genotype.parse(AMOEBA).json());
    for (String text : List.of(V1, V2, AMOEBA, MDENAS)) {
      Genotype genotype = Genotype.parse(text);
      assertEquals(genotype, Genotype.parse(genotype.text()));
      assertEquals(genotype, Genotype.parse(genotype.json()));
    }
  }

  @Test
  void theNetworksOfDartsHaveTheirCosts() {
    Complexity one =
        Genotype.parse(V1).network(Stacking.CIFAR, 36, 20, false).complexity(Task.CIFAR10);
    assertEquals(3_169_414, one.params());
    assertEquals(500_987_530, one.macs());
    Complexity two =
        Genotype.parse(V2).network(Stacking.CIFAR, 36, 20, false).complexity(Task.CIFAR10);
    assertEquals(3_349_342, two.params());
    assertEquals(528_359_050, two.macs());
  }

  @Test
  void theRecordsOutputsAreItsLooseEndsAndItsParamsAreRecorded() {
    Genotype amoeba = Genotype.parse(AMOEBA);
    assertEquals(List.of(3, 5, 6), OutputRule.LOOSE_ENDS.concat(amoeba.normal().nodes()));
    assertEquals(List.of(3, 6), OutputRule.LOOSE_ENDS.concat(amoeba.reduction().nodes()));
    CellSpec spec = amoeba.network(Stacking.CIFAR, 32, 12, false);
    assertEquals(4_190_314, spec.complexity(Task.CIFAR10).params());
    assertEquals(amoeba, Genotype.of(spec));
  }

  @Test
  void theNestedFormNamesTheSameOperands() {
    Genotype mdenas = Genotype.parse(MDENAS);
    assertEquals(
        "sep_conv_5x5(1)+sep_conv_3x3(0) skip_connect(0)+sep_conv_5x5(1)"
            + " sep_conv_5x5(3)+sep_conv_3x3(1) dil_conv_5x5(3)+max_pool_3x3(4) -> 2 3 4 5",
        mdenas.normal().text());
    assertEquals(List.of(2, 3, 4, 5), mdenas.reduction().concat());
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Genotype( | Genotyp( | '=' is expected before '(normal",
        "normal= | norm= | genotype has no 'normal'",
        "normal= | a=1, normal= | genotype has 'a'; known are normal, normal_concat",
        "('sep_conv_3x3', 0) | ('sep_conv_3x3', 2) | genotype 'normal': node 2 of a cell reads",
        "('sep_conv_3x3', 0) | ('sep_conv_4x4', 0) | genotype 'normal': cell operation of kernel 4",
        "('sep_conv_3x3', 0) | ('sep', 0) | genotype 'normal': cell operation 'sep' is none of",
        "('sep_conv_3x3', 0), | `` | genotype 'normal' has 7 operations; every node has two",
        "('sep_conv_3x3', 0) | 5 | genotype 'normal' holds 5 where a pair such as",
        "('sep_conv_3x3', 0) | ('sep_conv_3x3' 0) | ',' or ')' is expected before '0), ('",
        "('sep_conv_3x3', 0) | [[[[[[1]]]]]] | lists are nested too deep",
        "[2, 3, 4, 5] | 5 | genotype 'normal_concat' is no list of states",
        "[2, 3, 4, 5] | ['2'] | genotype 'normal_concat' holds 2, which is no number of a state",
        "[2, 3, 4, 5] | [2, 9] | genotype 'normal': a cell's output [2, 9] is not a rising list",
        "[2, 3, 4, 5] | range(2, 2000000) | range(2, 2000000) is no range of states",
        "[2, 3, 4, 5] | [2, 99999999999] | ',' or ']' is expected",
        "normal_concat | normal | 'normal' stands there twice",
      })
  void whatIsNoGenotypeIsRefusedWithItsPlace(String from, String to, String message) {
    int at = V1.indexOf(from);
    String wrong = V1.substring(0, at) + to + V1.substring(at + from.length());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Genotype.parse(wrong));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void tornGenotypesAreRefusedInOneSentence() {
    RandomStream random = SeedPath.root(2).generator();
    for (int i = 0; i < 2000; i++) {
      String text = List.of(V1, AMOEBA, MDENAS).get(i % 3);
      StringBuilder torn = new StringBuilder(text);
      if (i % 2 == 0) {
        torn.setLength(random.nextInt(text.length()));
      } else {
        torn.setCharAt(
            random.nextInt(text.length()), "[](){}',:=\"0z\n".charAt(random.nextInt(14)));
      }
      try {
        Genotype.parse(torn.toString());
      } catch (IllegalArgumentException e) {
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }

  @Test
  void commentsAndTheWiringOfTheReleasesCodeAreReadOver() {
    String plain = Genotype.parse(V1).text();
    assertEquals(
        plain,
        Genotype.parse(
                V1.replace("normal_concat", "# the 'output' (normal\n normal_concat")
                    .replaceFirst("\\)$", ", connectN=None, connects=None)"))
            .text());
    IllegalArgumentException wired =
        assertThrows(
            IllegalArgumentException.class,
            () -> Genotype.parse(V1.replaceFirst("\\)$", ", connects=[1, 2])")));
    assertTrue(wired.getMessage().contains("'connects' is not None"), wired.getMessage());
  }

  @Test
  void aFileOfGenotypesIsReadByTheirNames() {
    String file =
        "from collections import namedtuple\n\nGenotype = namedtuple('Genotype', 'normal"
            + " normal_concat')\n\n# Genotype(found) by search\nDARTS_V1 = "
            + V1
            + "\nDARTS_V2 = "
            + V2.replace(", ", ",\n  ")
            + "\n\nDARTS = DARTS_V2\n";
    Map<String, String> genotypes = NamedGenotypes.in(file);
    assertEquals(List.of("DARTS_V1", "DARTS_V2", "DARTS"), List.copyOf(genotypes.keySet()));
    assertEquals(Genotype.parse(V1), Genotype.parse(genotypes.get("DARTS_V1")));
    assertEquals(Genotype.parse(V2), Genotype.parse(genotypes.get("DARTS")));
    Map<String, String> log =
        NamedGenotypes.in(
            "04/21 02:19:11 AM genotype = " + V1 + "\n04/21 03:19:11 AM genotype = " + V2);
    assertEquals(List.of("genotype", "genotype-2"), List.copyOf(log.keySet()));
    assertEquals(Genotype.parse(V2), Genotype.parse(log.get("genotype-2")));
  }
}
