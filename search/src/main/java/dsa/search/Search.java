package dsa.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a strategy until its budget is spent or it is at its end: asks, evaluates, keeps the ledger,
 * tells. A network that was evaluated before, for as many epochs, is answered from memory.
 */
public final class Search {

  private record Known(Object network, int epochs) {}

  private Search() {}

  /** Runs a search. */
  public static SearchTrace run(
      SearchStrategy strategy, SearchSpace space, Evaluator evaluator, Budget budget) {
    return run(strategy, space, evaluator, budget, List.of(), evaluation -> {});
  }

  /**
   * Runs a search, or the rest of one.
   *
   * @param strategy that has proposed nothing yet
   * @param before what it was told before, from its first evaluation on; told again and not
   *     evaluated again
   * @param each is handed every further evaluation before the strategy is told
   * @throws IllegalArgumentException if the strategy does not propose what it proposed before
   */
  public static SearchTrace run(
      SearchStrategy strategy,
      SearchSpace space,
      Evaluator evaluator,
      Budget budget,
      List<Evaluation> before,
      Consumer<Evaluation> each) {
    List<Evaluation> evaluations = new ArrayList<>();
    Map<Known, Evaluator.Answer> known = new HashMap<>();
    Map<Object, Boolean> networks = new HashMap<>();
    double spent = 0;
    int repeatsInRow = 0;
    StopReason stop = null;
    while (stop == null) {
      Optional<Proposal> asked = strategy.ask();
      if (asked.isEmpty()) {
        stop = strategy.stopReason();
        break;
      }
      Proposal proposal = asked.get();
      Object network = space.network(proposal.encoding());
      Known key = new Known(network, proposal.epochs());
      Evaluator.Answer answer = known.get(key);
      boolean repeated = answer != null;
      boolean free = repeated && budget.freeRepeats();
      int number = evaluations.size() + 1;
      boolean told = number <= before.size();
      double price = free ? 0 : priceBefore(proposal, space, budget.unit());
      if (spent + price > budget.limit() * (1 + 1e-12)) {
        stop = StopReason.BUDGET;
        break;
      }
      if (answer == null) {
        answer = told ? null : evaluator.evaluate(proposal);
      }
      Evaluation evaluation;
      if (told) {
        evaluation = before.get(number - 1);
        check(evaluation, number, proposal, space);
        answer = repeated ? answer : new Evaluator.Answer(evaluation.errorPct(), evaluation.cost());
      } else {
        double paid = free ? 0 : budget.unit() == BudgetUnit.SECONDS ? answer.seconds() : price;
        evaluation =
            new Evaluation(number, proposal, answer.errorPct(), repeated, paid, spent + paid);
        each.accept(evaluation);
      }
      spent = evaluation.spent();
      known.putIfAbsent(key, answer);
      networks.putIfAbsent(network, true);
      evaluations.add(evaluation);
      strategy.tell(evaluation);
      repeatsInRow = repeated ? repeatsInRow + 1 : 0;
      if (repeatsInRow >= budget.mostRepeats()) {
        stop = StopReason.NOTHING_NEW;
      } else if (spent >= budget.limit()) {
        stop = StopReason.BUDGET;
      }
    }
    return new SearchTrace(evaluations, networks.size(), stop, strategy.recommended());
  }

  /** What an evaluation costs as far as that is known before it is made. */
  private static double priceBefore(Proposal proposal, SearchSpace space, BudgetUnit unit) {
    int epochs = proposal.epochs() - proposal.epochsBefore();
    return switch (unit) {
      case EVALUATIONS -> 1;
      case EPOCHS -> epochs;
      case MAC_EPOCHS -> space.cost(proposal.encoding()) / 1e9 * epochs;
      case SECONDS -> 0;
    };
  }

  private static void check(Evaluation logged, int number, Proposal proposal, SearchSpace space) {
    if (!logged.proposal().equals(proposal)) {
      throw new IllegalArgumentException(
          "evaluation "
              + number
              + " was of "
              + space.text(logged.encoding())
              + ", and the strategy now proposes "
              + space.text(proposal.encoding())
              + ": the log is of other settings, another seed or another version");
    }
  }
}
