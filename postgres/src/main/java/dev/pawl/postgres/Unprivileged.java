package dev.pawl.postgres;

/** How PostgreSQL, which refuses to run as root, is kept from doing so. */
public enum Unprivileged {
  /**
   * {@link #SAME_USER} where that can work; else {@link #USER_NAMESPACE}, else {@link #OTHER_USER}.
   */
  AUTOMATIC,
  /** As the user Pawl runs as, who must not be root. */
  SAME_USER,
  /** In a new user namespace, where root has no rights and needs none ({@code unshare -U}). */
  USER_NAMESPACE,
  /** As uid and gid 65534, which only root can arrange ({@code setpriv --reuid}). */
  OTHER_USER
}
