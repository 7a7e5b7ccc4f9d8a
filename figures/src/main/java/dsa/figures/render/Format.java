package dsa.figures.render;

/** A file format for figures. The CSV of the data is always written beside them. */
public enum Format {
  /** Pixels, 1200 x 870, white background. */
  PNG(".png"),
  /** Vector graphics for the web; text is drawn as outlines. */
  SVG(".svg"),
  /** Vector graphics for documents. */
  PDF(".pdf"),
  /** Vector graphics for older LaTeX; bands are solid, for the format has no transparency. */
  EPS(".eps"),
  /** A pgfplots picture, to be {@code \input} into a LaTeX document; reads the CSV beside it. */
  LATEX(".tex"),
  /** The same picture as a LaTeX document of its own; reads the CSV beside it. */
  LATEX_STANDALONE("-standalone.tex");

  private final String ending;

  Format(String ending) {
    this.ending = ending;
  }

  /** What follows the figure's name in the name of the file. */
  public String ending() {
    return ending;
  }
}
