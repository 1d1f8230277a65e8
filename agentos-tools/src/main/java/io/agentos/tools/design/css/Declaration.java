package io.agentos.tools.design.css;

/**
 * One declaration.
 *
 * @param property in lower case, except for custom properties
 * @param value as written, without comments and {@code !important}
 * @param line counted from 1
 */
public record Declaration(String property, String value, boolean important, int line) {
  /** Whether it is a custom property, such as {@code --brand}. */
  public boolean isCustom() {
    return property.startsWith("--");
  }
}
