package io.agentos.tools.sql.rls;

/** One role granted to another: {@code member} may become {@code role}. */
record Membership(long role, long member, long grantor) {}
