package dsa.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * A cell of a stranger's file could clear the terminal or write a sentence of its own into ours.
 */
final class ForeignTextTest {

  @Test
  void whatDrivesTerminalsOrTurnsTextBecomesSpaces() {
    assertEquals("a [2J b c d", ForeignText.shown("a\u001b[2J\tb\u009bc\u0085d", 80));
    assertEquals("x y z w v", ForeignText.shown("x\u202ey\u2066z\u2028w\u007fv", 80));
  }

  @Test
  void lettersOfAllLanguagesStay() {
    assertEquals("Größe 幅 عرض 😀", ForeignText.shown("Größe 幅 عرض 😀", 80));
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    assertEquals("abc", ForeignText.shown("abc", 3));
    assertEquals("abc…", ForeignText.shown("abcd", 3));
    assertEquals("ab…", ForeignText.shown("ab😀d", 3));
  }

  @Test
  void escapesOfWholeTextsKeepLinesAndAllThatIsHarmless() {
    String harmless = "Größe 幅\tعرض 😀\n\r\n";
    assertSame(harmless, ForeignText.escaped(harmless));
    assertEquals(
        "a\\u001b[2J\nb\\u202e\\u009b\\u000d", ForeignText.escaped("a\u001b[2J\nb\u202e\u009b\r"));
    assertFalse(ForeignText.isPlain("a\nb"));
    assertTrue(ForeignText.isPlain("Größe 幅 عرض 😀"));
  }
}
