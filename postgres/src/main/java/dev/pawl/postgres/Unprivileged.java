package dev.pawl.postgres;

/** How PostgreSQL, which refuses to run as root, is kept from doing so. */
public enum Unprivileged {
  /** As it is when Pawl isn't root; else {@link #USER_NAMESPACE}, else {@link #OTHER_USER}. */
  AUTOMATIC,
  /** As the user Pawl runs as, who must not be root. */
  SAME_USER,
  /** As root inside a new user namespace, where it has no rights ({@code unshare -U}). */
  USER_NAMESPACE,
  /** As uid and gid 65534 ({@code setpriv --reuid}). */
  OTHER_USER
}
