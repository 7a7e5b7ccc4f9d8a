package dsa.analysis.weighting;

import static dsa.analysis.testing.References.population;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dsa.analysis.edf.Edf;
import dsa.analysis.testing.References;
import dsa.core.complexity.ComplexityMeasure;
import dsa.core.complexity.FlopsConvention;
import dsa.core.complexity.RecordedComplexity;
import dsa.core.random.SeedPath;
import dsa.core.run.ErrorKind;
import dsa.core.run.Population;
import dsa.core.run.PopulationOrigin;
import dsa.core.run.TrainedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weights decide every normalized number. Weights made for each space over its own range, or from
 * bins dropped in one space only, compare two different questions and nobody sees it.
 */
final class NormalizationTest {

  private static final Normalization ZERO_TO_FORTY =
      Normalization.withDefaults().within(new Normalization.Range(0, 40)).withBins(4);

  // ---- bins and weights

  @Test
  void everyBinWeighsTheSameAndEveryModelInItToo() {
    NormalizedPopulation p = one(ZERO_TO_FORTY, with("p", 5, 6, 12, 25, 26, 27, 39));
    assertArrayEquals(new int[] {0, 0, 1, 2, 2, 2, 3}, p.bins());
    assertArrayEquals(
        new double[] {1 / 8.0, 1 / 8.0, 1 / 4.0, 1 / 12.0, 1 / 12.0, 1 / 12.0, 1 / 4.0},
        p.weights());
    assertEquals(1, Arrays.stream(p.weights()).sum(), 1e-15);
  }

  @Test
  void modelsOnTheEndsOfTheRangeAreOutsideAndOnInnerEdgesInTheUpperBin() {
    NormalizedPopulation p =
        one(ZERO_TO_FORTY.with(EmptyBins.ERROR), with("p", 0, 5, 10, 20, 30, 39, 40, 41));
    assertArrayEquals(new double[] {5, 10, 20, 30, 39}, p.complexities());
    assertArrayEquals(new int[] {0, 1, 2, 3, 3}, p.bins());
    assertEquals(3, p.outside());
  }

  @Test
  void aLoneModelInItsBinCarriesTheWholeBinAndIsReported() {
    NormalizedPopulation p = one(ZERO_TO_FORTY, with("p", 5, 12, 12, 13, 25, 26, 35, 36));
    assertEquals(1 / 4.0, p.largestWeight());
    assertTrue(p.effectiveSampleSize() < p.size());
    assertEquals(1 / (1 / 16.0 + 3 / 144.0 + 4 / 64.0), p.effectiveSampleSize(), 1e-12);
  }

  @Test
  void oneBinGivesBackThePlainEdf() {
    RandomGenerator random = SeedPath.root(1).generator();
    double[] costs = IntStream.range(0, 50).mapToDouble(i -> 1 + random.nextInt(38)).toArray();
    NormalizedPopulation p = one(ZERO_TO_FORTY.withBins(1), with("p", costs));
    for (double e = 5; e < 60; e += .5) {
      assertEquals(p.unweightedEdf().at(e), p.edf().at(e), 1e-12);
    }
    assertEquals(50, p.effectiveSampleSize(), 1e-9);
  }

  @Test
  void theOrderOfModelsDoesNotMatterAndErrorsComeOutAscendingWithTheirOwnCosts() {
    double[] errors = {9, 5, 7, 6, 8, 5};
    double[] costs = {5, 15, 25, 35, 6, 16};
    NormalizedPopulation p = one(ZERO_TO_FORTY, population("p", errors, costs));
    assertArrayEquals(new double[] {5, 5, 6, 7, 8, 9}, p.errors());
    assertArrayEquals(new double[] {15, 16, 35, 25, 6, 5}, p.complexities());
    assertArrayEquals(new int[] {1, 5, 3, 2, 4, 0}, p.sourceIndices(), "ties in source order");
    double[] reversedErrors = {5, 8, 6, 7, 5, 9};
    double[] reversedCosts = {16, 6, 35, 25, 15, 5};
    Edf reversed = one(ZERO_TO_FORTY, population("p", reversedErrors, reversedCosts)).edf();
    assertArrayEquals(p.edf().values(), reversed.values());
    assertArrayEquals(p.edf().cumulative(), reversed.cumulative(), 1e-15);
  }

  // ---- the shared range

  @Test
  void withoutARangeTheOverlapOfAllIsUsed() {
    Normalization.Result result =
        Normalization.withDefaults()
            .withBins(2)
            .of(List.of(with("a", 10, 20, 30, 40), with("b", 15, 22, 33, 60)));
    Bins bins = result.bins().orElseThrow();
    assertEquals(new Bins(15, 40, 2), bins);
    NormalizedPopulation a = result.populations().get(0);
    NormalizedPopulation b = result.populations().get(1);
    assertArrayEquals(new double[] {20, 30}, a.complexities());
    assertArrayEquals(new double[] {22, 33}, b.complexities(), "15 defines the range: outside");
    assertEquals(2, a.outside());
    assertEquals(2, b.outside());
  }

  @Test
  void aFewGiantsDoNotDecideHowWideBinsAreUnlessTheRangeIsGiven() {
    double[] costs = new double[90];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = i < 86 ? 1000 + 12 * i : 100_000 * (i - 84);
    }
    Population tailed = with("tailed", costs);
    Normalization.Result cut = Normalization.withDefaults().of(List.of(tailed));
    Bins bins = cut.bins().orElseThrow();
    assertEquals(10, bins.count());
    assertEquals(1048, bins.low(), "the fifth of 90: their 5 % quantile");
    assertTrue(bins.high() > 1900 && bins.high() < 2050, bins.toString());
    assertTrue(cut.populations().get(0).effectiveSampleSize() > 70);
    Normalization.Result whole =
        Normalization.withDefaults()
            .within(new Normalization.Range(999, 700_000))
            .of(List.of(tailed));
    assertTrue(whole.populations().get(0).effectiveSampleSize() < 10);
  }

  @Test
  void theRangeNeverDependsOnTheNumberOfBins() {
    double[] a = IntStream.rangeClosed(1, 80).mapToDouble(i -> i * i).toArray();
    double[] b = IntStream.rangeClosed(1, 60).mapToDouble(i -> 10 * i * i).toArray();
    List<Population> both = List.of(with("a", a), with("b", b));
    for (int count : new int[] {1, 2, 7, 20}) {
      Bins bins = Normalization.withDefaults().withBins(count).of(both).bins().orElseThrow();
      assertEquals(90, bins.low(), "the 5 % quantile of b: 10 · 3²");
      assertEquals(76 * 76, bins.high(), "the 95 % quantile of a");
    }
  }

  @Test
  void equalCostsAreNamedAsWhatTheyAre() {
    List<Population> equal = List.of(with("a", 7, 7, 7), with("b", 7, 7));
    String message = assertMessage("7", () -> Normalization.withDefaults().of(equal));
    assertTrue(message.contains("all models have the same params"), message);
  }

  @Test
  void addingASpaceChangesTheRangeAndTheNumbersOfTheOthers() {
    Population a = with("a", 10, 14, 24, 26, 30, 40);
    Population b = with("b", 10, 21, 23, 29, 34, 40);
    Population narrow = with("narrow", 19, 22, 28, 31);
    Normalization two = Normalization.withDefaults().withBins(2);
    Normalization.Result pair = two.of(List.of(a, b));
    Normalization.Result three = two.of(List.of(a, b, narrow));
    assertEquals(new Bins(10, 40, 2), pair.bins().orElseThrow());
    assertEquals(new Bins(19, 31, 2), three.bins().orElseThrow());
    assertNotEquals(
        pair.populations().get(0).edf().mean(), three.populations().get(0).edf().mean());
    Normalization fixed = two.within(new Normalization.Range(18, 32));
    assertEquals(
        fixed.of(List.of(a, b)).populations().get(0).edf().mean(),
        fixed.of(List.of(a, b, narrow)).populations().get(0).edf().mean(),
        "a range given beforehand keeps the others as they were");
  }

  @Test
  void aModelIsJudgedByTheMeasureHeldFixedAndByNoOther() {
    Population a = References.space("A");
    Normalization params =
        Normalization.withDefaults().within(new Normalization.Range(120_000, 840_000)).withBins(4);
    NormalizedPopulation p = params.of(List.of(a)).populations().get(0);
    long kept =
        a.models().stream()
            .mapToLong(m -> m.complexity().params().orElseThrow())
            .filter(c -> c > 120_000 && c < 840_000)
            .count();
    assertEquals(kept, p.size());
    Normalization flops =
        params
            .given(ComplexityMeasure.FLOPS)
            .within(new Normalization.Range(30_000_000, 60_000_000));
    NormalizedPopulation f = flops.of(List.of(a)).populations().get(0);
    assertTrue(f.size() < p.size());
    assertTrue(Arrays.stream(f.complexities()).allMatch(c -> c > 30e6 && c < 60e6));
    assertEquals(60, f.size() + f.outside());
  }

  @Test
  void populationsThatDoNotOverlapAreRefusedAndSoIsARangeWithoutModels() {
    List<Population> apart = List.of(with("a", 1, 2, 3), with("b", 4, 5, 6));
    assertMessage("params", () -> Normalization.withDefaults().of(apart));
    assertMessage("b", () -> ZERO_TO_FORTY.of(List.of(with("a", 5, 6), with("b", 50, 60))));
    assertThrows(IllegalArgumentException.class, () -> Normalization.withDefaults().of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Normalization.Range(2, 2));
    assertThrows(IllegalArgumentException.class, () -> new Normalization.Range(Double.NaN, 2));
    assertThrows(IllegalArgumentException.class, () -> Normalization.withDefaults().withBins(0));
  }

  // ---- empty bins

  @Test
  void anEmptyBinIsAnErrorThatNamesThePopulationAndTheBin() {
    Normalization strict = ZERO_TO_FORTY.with(EmptyBins.ERROR);
    List<Population> populations = List.of(with("full", 5, 15, 25, 35), with("gap", 5, 15, 35, 36));
    String message = assertMessage("gap", () -> strict.of(populations));
    assertTrue(message.contains("20") && message.contains("30"), message);
    assertTrue(!message.contains("full"), message);
  }

  @Test
  void aDroppedBinIsDroppedInEveryPopulation() {
    Normalization.Result result =
        ZERO_TO_FORTY
            .with(EmptyBins.DROP)
            .of(List.of(with("full", 5, 15, 25, 26, 35), with("gap", 5, 15, 35, 36)));
    assertEquals(List.of(2), result.dropped());
    assertEquals(4, result.bins().orElseThrow().count());
    NormalizedPopulation full = result.populations().get(0);
    NormalizedPopulation gap = result.populations().get(1);
    assertArrayEquals(new double[] {5, 15, 35}, full.complexities());
    assertEquals(2, full.outside());
    assertEquals(0, gap.outside());
    assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, full.weights());
    assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 6.0, 1 / 6.0}, gap.weights());
  }

  @Test
  void droppingEveryBinIsRefused() {
    Normalization drop = ZERO_TO_FORTY.withBins(2).with(EmptyBins.DROP);
    assertThrows(
        IllegalArgumentException.class,
        () -> drop.of(List.of(with("low", 5, 15), with("high", 25, 35))));
    Normalization shrink = drop.with(EmptyBins.SHRINK);
    assertThrows(
        IllegalArgumentException.class,
        () -> shrink.of(List.of(with("low", 5, 15), with("high", 25, 35))));
  }

  @Test
  void mergingUsesTheLargestCountThatLeavesNoBinEmptyAnywhere() {
    Normalization.Result result =
        ZERO_TO_FORTY
            .with(EmptyBins.MERGE)
            .of(List.of(with("full", 5, 15, 25, 35), with("gap", 5, 15, 35, 36)));
    // 3 bins of 13.33: gap has 5 | 15 | 35 36, full 5 | 15 25 | 35
    assertEquals(new Bins(0, 40, 3), result.bins().orElseThrow());
    assertEquals(4, result.requestedBins());
    assertEquals(List.of(), result.dropped());
    for (NormalizedPopulation p : result.populations()) {
      assertEquals(4, p.size());
    }
    Normalization.Result worst =
        ZERO_TO_FORTY.with(EmptyBins.MERGE).of(List.of(with("low", 5, 6), with("high", 35, 36)));
    assertEquals(1, worst.bins().orElseThrow().count());
  }

  @Test
  void mergingAMillionBinsOfFewModelsEndsAtOnce() {
    Normalization merge = ZERO_TO_FORTY.withBins(1_000_000).with(EmptyBins.MERGE);
    Normalization.Result result =
        assertTimeoutPreemptively(
            Duration.ofMinutes(10), () -> merge.of(List.of(with("p", 5, 15, 25, 35))));
    assertEquals(new Bins(0, 40, 4), result.bins().orElseThrow());
  }

  @Test
  void shrinkingKeepsTheLongestRunThatEveryPopulationOccupies() {
    Normalization.Result result =
        ZERO_TO_FORTY
            .with(EmptyBins.SHRINK)
            .of(List.of(with("a", 15, 25, 35, 36), with("b", 5, 15, 16, 25)));
    assertEquals(new Bins(10, 30, 2), result.bins().orElseThrow());
    assertArrayEquals(new double[] {15, 25}, result.populations().get(0).complexities());
    assertArrayEquals(new double[] {15, 16, 25}, result.populations().get(1).complexities());
    assertEquals(2, result.populations().get(0).outside());
  }

  @Test
  void shrinkingLooksAgainAtModelsOnTheNewEnds() {
    // Bin 0 is empty; the only model of bin 1 sits on the edge at 10 and is filtered out once 10
    // is the end of the range.
    Normalization.Result result =
        ZERO_TO_FORTY.with(EmptyBins.SHRINK).of(List.of(with("p", 10, 25, 35)));
    assertEquals(new Bins(20, 40, 2), result.bins().orElseThrow());
    assertEquals(1, Arrays.stream(result.populations().get(0).weights()).sum(), 1e-15);
  }

  @ParameterizedTest
  @EnumSource(EmptyBins.class)
  void whateverThePolicyNoBinIsEmptyInOnePopulationOnlyAndCountsAddUp(EmptyBins policy) {
    RandomGenerator random = SeedPath.root(4).child(policy.label()).generator();
    int done = 0;
    for (int round = 0; round < 400; round++) {
      List<Population> populations = new ArrayList<>();
      for (int p = 0; p < 3; p++) {
        int n = 4 + random.nextInt(25);
        populations.add(
            with("p" + p, IntStream.range(0, n).mapToDouble(i -> random.nextInt(41)).toArray()));
      }
      Normalization normalization = ZERO_TO_FORTY.withBins(1 + random.nextInt(8)).with(policy);
      Normalization.Result result;
      try {
        result = normalization.of(populations);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      done++;
      Bins bins = result.bins().orElseThrow();
      for (int p = 0; p < 3; p++) {
        NormalizedPopulation normalized = result.populations().get(p);
        double[] mass = new double[bins.count()];
        for (int i = 0; i < normalized.size(); i++) {
          mass[normalized.bins()[i]] += normalized.weights()[i];
        }
        double share = 1.0 / (bins.count() - result.dropped().size());
        for (int b = 0; b < mass.length; b++) {
          assertEquals(result.dropped().contains(b) ? 0 : share, mass[b], 1e-12);
        }
        assertEquals(
            normalized.recorded(),
            normalized.size()
                + normalized.outside()
                + normalized.divergedDropped()
                + normalized.uncosted());
      }
    }
    assertTrue(done > 50, done + " rounds were not refused");
  }

  // ---- diverged models

  @Test
  void aDivergedModelStaysInTheDenominatorUnlessItIsDropped() {
    Population population = diverging();
    NormalizedPopulation kept = one(ZERO_TO_FORTY.withBins(1), population);
    assertEquals(2, kept.diverged());
    assertEquals(0, kept.divergedDropped());
    assertArrayEquals(new double[] {5, 6, 90, 90}, kept.errors());
    assertEquals(.5, kept.edf().below(8));
    NormalizedPopulation dropped =
        one(ZERO_TO_FORTY.withBins(1).with(DivergedModels.DROP), population);
    assertEquals(2, dropped.diverged());
    assertEquals(2, dropped.divergedDropped());
    assertEquals(2, dropped.size());
    assertEquals(4, dropped.recorded());
    assertEquals(1, dropped.edf().below(8), "which is why dropping flatters");
    Normalization refuse = ZERO_TO_FORTY.with(DivergedModels.REFUSE);
    assertMessage("2", () -> refuse.of(List.of(population)));
  }

  @Test
  void aPopulationOfDivergedModelsOnlyCannotBeDroppedToNothing() {
    Population hopeless =
        new Population(
            "hopeless",
            List.of(model("a", OptionalDouble.empty(), 5)),
            PopulationOrigin.unstated("test"));
    Normalization drop = Normalization.withDefaults().givenNothing().with(DivergedModels.DROP);
    assertMessage("hopeless", () -> drop.of(List.of(hopeless)));
    NormalizedPopulation kept = one(Normalization.withDefaults().givenNothing(), hopeless);
    assertArrayEquals(new double[] {90}, kept.errors());
  }

  // ---- measures

  @Test
  void withoutAMeasureEveryModelCountsTheSame() {
    NormalizedPopulation p =
        one(Normalization.withDefaults().givenNothing(), with("p", 5, 500, 5_000));
    assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, p.weights());
    assertEquals(0, p.outside());
    assertEquals(3, p.effectiveSampleSize(), 1e-12);
    Normalization.Result result =
        Normalization.withDefaults().givenNothing().of(List.of(with("p", 5, 6)));
    assertEquals(Optional.empty(), result.bins());
    assertEquals(Optional.empty(), result.given());
  }

  @Test
  void modelsWithoutTheMeasureAreCountedAndAPopulationWithoutItIsRefused() {
    TrainedModel costed = model("costed", OptionalDouble.of(5), 5);
    TrainedModel uncosted = TrainedModel.of("uncosted", 6, RecordedComplexity.NONE);
    Population mixed =
        new Population("mixed", List.of(costed, uncosted), PopulationOrigin.unstated("test"));
    NormalizedPopulation p = one(ZERO_TO_FORTY.withBins(1), mixed);
    assertEquals(1, p.uncosted());
    assertEquals(1, p.size());
    assertEquals(2, p.recorded());
    Normalization activations = ZERO_TO_FORTY.given(ComplexityMeasure.ACTIVATIONS);
    assertMessage("activations", () -> activations.of(List.of(mixed)));
  }

  @Test
  void flopsOfDifferentConventionsAreNotCompared() {
    Population macs = counted("macs", Optional.of(FlopsConvention.MACS));
    Population nds = counted("nds", Optional.of(FlopsConvention.NDS));
    Population unknown = counted("unknown", Optional.empty());
    Normalization flops =
        Normalization.withDefaults()
            .given(ComplexityMeasure.FLOPS)
            .within(new Normalization.Range(0, 40))
            .withBins(1);
    assertMessage("macs", () -> flops.of(List.of(macs, unknown, nds)));
    assertEquals(
        2,
        flops
            .of(List.of(nds, counted("nds2", Optional.of(FlopsConvention.NDS))))
            .populations()
            .size());
    assertEquals(2, flops.of(List.of(nds, unknown)).populations().size());
    Normalization params = flops.given(ComplexityMeasure.PARAMS);
    assertEquals(2, params.of(List.of(macs, nds)).populations().size(), "params do not care");
  }

  @Test
  void messagesHaveLatinDigitsInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      Normalization refuse = ZERO_TO_FORTY.with(DivergedModels.REFUSE);
      assertMessage("has 2 diverged", () -> refuse.of(List.of(diverging())));
      Normalization strict = ZERO_TO_FORTY.withBins(40).with(EmptyBins.ERROR);
      assertMessage("and 36 more", () -> strict.of(List.of(with("p", 5))));
    } finally {
      Locale.setDefault(before);
    }
  }

  // ---- made-up populations

  /** Costs as given, errors 5, 6, 7, ... in their order. */
  private static Population with(String name, double... costs) {
    double[] errors = IntStream.range(0, costs.length).mapToDouble(i -> 5 + i).toArray();
    return population(name, errors, costs);
  }

  private static Population diverging() {
    return new Population(
        "diverging",
        List.of(
            model("a", OptionalDouble.of(6), 5),
            model("b", OptionalDouble.empty(), 15),
            model("c", OptionalDouble.of(90), 25),
            model("d", OptionalDouble.of(5), 35)),
        PopulationOrigin.unstated("test"));
  }

  private static Population counted(String name, Optional<FlopsConvention> convention) {
    return new Population(
        name,
        List.of(model("a", OptionalDouble.of(5), 5), model("b", OptionalDouble.of(6), 6)),
        new PopulationOrigin(
            "test", Optional.empty(), convention, ErrorKind.MIN, 90, Optional.empty()));
  }

  /** A model with the same count of params and flops, and no activations. */
  private static TrainedModel model(String id, OptionalDouble error, long cost) {
    return new TrainedModel(
        id,
        error,
        new RecordedComplexity(OptionalLong.of(cost), OptionalLong.of(cost), OptionalLong.empty()),
        Optional.empty(),
        1);
  }

  private static NormalizedPopulation one(Normalization normalization, Population population) {
    return normalization.of(List.of(population)).populations().get(0);
  }

  private static String assertMessage(String part, Runnable refused) {
    String message = assertThrows(IllegalArgumentException.class, refused::run).getMessage();
    assertTrue(message.contains(part), message);
    return message;
  }
}
