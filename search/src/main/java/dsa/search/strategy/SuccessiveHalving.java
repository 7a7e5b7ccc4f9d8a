package dsa.search.strategy;

import dsa.search.Encoding;
import dsa.search.Evaluation;
import dsa.search.Proposal;
import dsa.search.SearchStrategy;
import dsa.search.Setting;
import dsa.search.StrategyType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Successive halving (Jamieson and Talwalkar, AISTATS 2016) and Hyperband (Li et al., JMLR 2018):
 * many networks drawn at random and trained briefly, the best eta-th of them for eta times as long,
 * and so on up to all epochs; then anew. Hyperband does so with brackets that begin with ever fewer
 * networks and more epochs: {@code s_max = ⌊log_eta(R / r)⌋}, {@code n_s = ⌈(s_max + 1) / (s + 1)
 * eta^s⌉}.
 *
 * <p>A network that goes on either keeps its epochs (cost resume) or is trained from the start
 * (cost restart).
 */
final class SuccessiveHalving implements SearchStrategy {

  static final StrategyType TYPE =
      new StrategyType(
          "successive-halving",
          "Trains many networks briefly and the best of them longer.",
          settings(),
          false,
          true,
          setup -> new SuccessiveHalving(setup, false));

  static final StrategyType HYPERBAND =
      new StrategyType(
          "hyperband",
          "Successive halving from several numbers of networks and epochs in turn.",
          settings(),
          false,
          true,
          setup -> new SuccessiveHalving(setup, true));

  private static List<Setting> settings() {
    return List.of(
        Setting.number("eta", 3, 2, 100, "how many are dropped for one that goes on"),
        Setting.number("least", 1, 1, 1e6, "epochs of the first rung"),
        Setting.word("cost", "of going on: the further epochs, or all anew", "resume", "restart"));
  }

  private record Candidate(Encoding encoding, double errorPct) {}

  private final StrategyType.Setup setup;
  private final boolean hyperband;
  private final int eta;
  private final boolean resume;
  private final int most; // s_max
  private final Deque<Encoding> waiting = new ArrayDeque<>();
  private final List<Candidate> rung = new ArrayList<>();
  private int bracket;
  private int epochs;
  private int epochsBefore;
  private long draws;

  SuccessiveHalving(StrategyType.Setup setup, boolean hyperband) {
    this.setup = setup;
    this.hyperband = hyperband;
    eta = setup.settings().count("eta");
    resume = setup.settings().word("cost").equals("resume");
    int least = setup.settings().count("least");
    if (least > setup.epochs()) {
      throw new IllegalArgumentException(
          "least=" + least + " exceeds the " + setup.epochs() + " epochs of a whole training");
    }
    int s = 0;
    for (long longest = (long) least * eta; longest <= setup.epochs(); longest *= eta) {
      s++;
    }
    most = s;
    bracket = most + 1;
    nextBracket();
  }

  /** Networks that a bracket begins with. */
  static int networks(int eta, int most, int s) {
    double power = Math.pow(eta, s);
    return (int) Math.ceil((most + 1) * power / (s + 1) - 1e-9);
  }

  private void nextBracket() {
    bracket = hyperband ? (bracket == 0 ? most : Math.min(bracket - 1, most)) : most;
    int n = networks(eta, most, bracket);
    epochsBefore = 0;
    epochs = epochsOf(bracket);
    for (int i = 0; i < n; i++) {
      waiting.add(setup.drawn(draws++));
    }
  }

  /** R eta^-s, rounded down, at least 1. */
  private int epochsOf(int s) {
    double divided = setup.epochs() / Math.pow(eta, s);
    return Math.max(1, (int) Math.floor(divided + 1e-9));
  }

  @Override
  public Optional<Proposal> ask() {
    Encoding next = waiting.removeFirst();
    return Optional.of(new Proposal(next, epochs, resume ? epochsBefore : 0));
  }

  @Override
  public void tell(Evaluation evaluation) {
    rung.add(new Candidate(evaluation.encoding(), evaluation.errorPct()));
    if (!waiting.isEmpty()) {
      return;
    }
    int promoted = rung.size() / eta;
    boolean last = epochs >= setup.epochs();
    if (last || promoted == 0) {
      rung.clear();
      nextBracket();
      return;
    }
    rung.stream()
        .sorted(Comparator.comparingDouble(Candidate::errorPct)) // stable: of equals the first
        .limit(promoted)
        .forEach(candidate -> waiting.add(candidate.encoding()));
    rung.clear();
    int rungs = 0;
    while (epochsOf(rungs) > epochs) {
      rungs++;
    }
    epochsBefore = epochs;
    epochs = epochsOf(rungs - 1);
  }
}
