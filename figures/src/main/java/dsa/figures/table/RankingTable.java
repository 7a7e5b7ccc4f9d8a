package dsa.figures.table;

import dsa.analysis.association.EpochRanking;
import dsa.analysis.inference.Interval;
import dsa.analysis.report.RankingReport;
import dsa.analysis.report.RankingReport.Ranking;

/** The table of rankings over epochs, made from its report. */
public final class RankingTable {

  private static final int DIGITS = 3;

  private RankingTable() {}

  /** One row a ranking and epoch. */
  public static Table of(RankingReport report) {
    Table.Builder table =
        Table.of(
            Column.text("early"),
            Column.text("end"),
            Column.count("networks"),
            Column.count("epoch"),
            Column.number("tau-b", DIGITS),
            Column.number("low", DIGITS),
            Column.number("high", DIGITS),
            Column.number("pairs alike", DIGITS),
            Column.number("tau of best 20%", DIGITS),
            Column.number("20% low", DIGITS),
            Column.number("20% high", DIGITS),
            Column.number("tau of best 10%", DIGITS));
    for (Ranking ranking : report.rankings()) {
      for (EpochRanking.Point point : ranking.ranking().points()) {
        table.row(
            ranking.early(),
            ranking.end(),
            ranking.ranking().networks(),
            point.epoch(),
            point.tauB().map(Interval::value),
            point.tauB().map(Interval::low),
            point.tauB().map(Interval::high),
            point.concordance(),
            point.bestFifth().map(Interval::value),
            point.bestFifth().map(Interval::low),
            point.bestFifth().map(Interval::high),
            point.bestTenth().map(Interval::value));
      }
    }
    return table.build();
  }
}
