package dsa.analysis.inference;

import dsa.analysis.edf.DkwBand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A band that silently takes weighted models for independent ones promises what it cannot hold. */
final class DkwBandTest {

  @Test
  void theGoldenSpacesHaveTheGoldenHalfWidths() throws IOException {
    for (String space : new String[] {"A", "B"}) {
      DkwBand band = DkwBand.of(Edf.of(Populations.goldenErrors(space)), 0.95);
      assertEquals(Golden.number("/dkw_eps_95/" + space), band.dkwEpsilon(), 1e-9);
      assertFalse(band.heuristic());
    }
  }

  @Test
  void aWeightedBandUsesTheEffectiveSampleSizeAndSaysSo() throws IOException {
    Edf weighted = Populations.golden().get(0).edf();
    DkwBand band = DkwBand.of(weighted, 0.95);
    assertTrue(band.heuristic());
    assertEquals(
        Math.sqrt(Math.log(40) / (2 * Golden.number("/norm_A/n_eff"))), band.dkwEpsilon(), 1e-9);
  }

  @Test
  void theBandStaysWithinZeroAndOne() {
    DkwBand band = DkwBand.of(Edf.of(new double[] {1, 2, 3}), 0.9);
    assertEquals(0, band.low(1));
    assertEquals(1, band.high(2));
    assertEquals(2.0 / 3 - band.dkwEpsilon() < 0 ? 0 : 2.0 / 3 - band.dkwEpsilon(), band.low(2));
    assertThrows(IllegalArgumentException.class, () -> DkwBand.of(Edf.of(new double[] {1}), 1));
  }
}
