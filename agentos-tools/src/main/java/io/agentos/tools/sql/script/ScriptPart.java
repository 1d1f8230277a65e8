package io.agentos.tools.sql.script;

/** A piece of an SQL script, in the order of the script. */
public sealed interface ScriptPart {

  /** The line it starts on, from 1. */
  int line();

  /** Its text, without the final semicolon and without comments before and after it. */
  String text();

  /** A statement for the server. */
  record Statement(int line, String text) implements ScriptPart {}

  /**
   * A command to psql, such as {@code \connect}, with the statement it would have sent, if any. The
   * server does not understand it.
   */
  record PsqlCommand(int line, String text) implements ScriptPart {}

  /**
   * A {@code COPY … FROM stdin} statement with the rows that follow it.
   *
   * @param rows how many lines of rows were passed over
   */
  record CopyRows(int line, String text, int rows) implements ScriptPart {}
}
