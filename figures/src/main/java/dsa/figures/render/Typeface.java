package dsa.figures.render;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The one font of all figures, Liberation Sans, which comes with the PDF library: lengths of text
 * and pictures are the same on every machine. Text with characters that it lacks is measured and
 * drawn in whatever the machine has.
 */
final class Typeface {

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  private Typeface() {}

  private static final class Loaded {

    static final Font FONT = load();

    private static Font load() {
      try (InputStream file = open()) {
        return Font.createFont(Font.TRUETYPE_FONT, file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (FontFormatException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The font's file. */
  static InputStream open() {
    return org.apache.pdfbox.pdmodel.font.PDType0Font.class.getResourceAsStream(RESOURCE);
  }

  /** Whether the font has all characters of a text. */
  static boolean has(String text) {
    return Loaded.FONT.canDisplayUpTo(text) < 0;
  }

  /** The font for a text, at a size. */
  static Font of(String text, double size) {
    Font font = has(text) ? Loaded.FONT : new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    return font.deriveFont((float) size);
  }

  /** How long a text is. */
  static double width(String text, double size) {
    return of(text, size).getStringBounds(text, EXACT).getWidth();
  }

  /** A text as areas; its baseline begins at the origin. */
  static Shape outline(String text, double size) {
    return of(text, size).createGlyphVector(EXACT, text).getOutline();
  }
}
