/* replace-file.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is written goes to a hidden file in the same folder, which takes the
 * place of the old one when all of it is on the disk.  Its writer locks it.  One
 * that nobody has locked was left by a program that was killed, and the next
 * writer takes it away.  Its name is short and has nothing of the file's, which
 * may be as long as the system allows.
 */
#include "replace-file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX   ".locustscope-export-"
#define N_DIGITS 12

#define MAX_LINKS 40 /* as Linux */
#define MAX_TRIES 100

#define NEW_MODE     0666
#define PRIVATE_MODE 0600

struct _ScopeReplacement
{
  int         folder;          /* of the file, for names in it */
  char       *name;            /* owned: of the file in its folder */
  gboolean    exists;
  struct stat old;             /* where it exists */
  char        temporary[sizeof PREFIX + N_DIGITS];
  int         fd;              /* of the temporary file, or -1 */
  int         number;          /* errno of a write that failed */
};

/* What helps, or NULL. */
static const char *
get_remedy (int number)
{
  switch (number)
    {
    case ENOENT:
    case ENOTDIR:
    case EACCES:
    case EPERM:
    case EROFS:
      return _("Choose another folder.");
    case ENOSPC:
    case EDQUOT:
      return _("Make room, or choose another folder.");
    case ENAMETOOLONG:
      return _("Choose a shorter name.");
    default:
      return NULL;
    }
}

static gboolean
fail (const char *path,
      int         number,
      GError    **error)
{
  g_autofree char *name = g_filename_display_name (path);
  const char      *remedy = get_remedy (number);
  int              code = (int) g_file_error_from_errno (number);

  if (remedy == NULL)
    g_set_error (error, G_FILE_ERROR, code, _("“%s” cannot be written: %s."), name,
                 g_strerror (number));
  else
    /* Translators: a file, why it cannot be, and a sentence of what helps. */
    g_set_error (error, G_FILE_ERROR, code, _("“%s” cannot be written: %s. %s"), name,
                 g_strerror (number), remedy);
  return FALSE;
}

/**
 * scope_replace_file_resolve:
 * @path: of a file, which need not exist
 * @error: return location for a #GFileError
 *
 * Returns: (transfer full) (nullable): where @path leads to if it is a link,
 *   even if nothing is there; otherwise @path; %NULL where links go round
 */
char *
scope_replace_file_resolve (const char *path,
                            GError    **error)
{
  char *current = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *link = g_file_read_link (current, NULL);
      g_autofree char *folder = g_path_get_dirname (current);

      if (link == NULL)
        return current;
      g_free (current);
      /* Whatever “..” there is in it is for the system: folders may be links, too. */
      current =
        g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
    }
  g_free (current);
  fail (path, ELOOP, error);
  return NULL;
}

static gboolean
check_kind (const char        *path,
            const struct stat *status,
            GError           **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (S_ISREG (status->st_mode))
    return TRUE;
  if (S_ISDIR (status->st_mode))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR,
                 _("“%s” is a folder. Choose another name."), name);
  else
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                 _("“%s” is a device, a pipe or a socket, not a file. Choose another name."),
                 name);
  return FALSE;
}

/**
 * scope_replace_file_check:
 * @path: of a file, which need not exist
 * @error: return location for a #GFileError
 *
 * Returns: whether there is nothing at @path but a file that can be replaced
 */
gboolean
scope_replace_file_check (const char *path,
                          GError    **error)
{
  struct stat status;

  if (stat (path, &status) == 0)
    return check_kind (path, &status, error);
  return errno == ENOENT || fail (path, errno, error);
}

/* Whether @name in @folder is the file that is open. */
static gboolean
is_named (int         folder,
          const char *name,
          int         fd)
{
  struct stat named, held;

  return fstatat (folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && fstat (fd, &held) == 0 &&
         named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

static gboolean
is_temporary (const char *name)
{
  return g_str_has_prefix (name, PREFIX) &&
         strspn (name + strlen (PREFIX), "0123456789abcdef") == N_DIGITS &&
         strlen (name) == strlen (PREFIX) + N_DIGITS;
}

/* A lock of a network's file system wants it open for writing. */
static void
remove_if_left (int         folder,
                const char *name)
{
  int         flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  int         fd = openat (folder, name, O_RDWR | flags);
  struct stat status;

  if (fd < 0)
    fd = openat (folder, name, O_RDONLY | flags);
  if (fd < 0)
    return;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode) && flock (fd, LOCK_EX | LOCK_NB) == 0 &&
      is_named (folder, name, fd))
    unlinkat (folder, name, 0);
  close (fd);
}

/* Where names may be added to a folder, but not listed, they stay. */
static void
remove_left_over (int folder)
{
  int            fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR           *listing = fd >= 0 ? fdopendir (fd) : NULL;
  struct dirent *entry;

  if (listing == NULL)
    {
      if (fd >= 0)
        close (fd);
      return;
    }
  while ((entry = readdir (listing)) != NULL)
    if (is_temporary (entry->d_name))
      remove_if_left (folder, entry->d_name);
  closedir (listing);
}

/* Whether the new file is ours alone: another process may have found it before it
 * was locked, and have taken it away.  Where there are no locks, none does. */
static gboolean
hold (ScopeReplacement *self)
{
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return FALSE;
  return is_named (self->folder, self->temporary, self->fd);
}

/* FALSE with errno where it cannot be made. */
static gboolean
make_temporary (ScopeReplacement *self)
{
  mode_t mode = self->exists ? PRIVATE_MODE : NEW_MODE;

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_snprintf (self->temporary, sizeof self->temporary, PREFIX "%08x%04x", g_random_int (),
                  g_random_int () >> 16);
      self->fd =
        openat (self->folder, self->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
      if (self->fd >= 0 && hold (self))
        return TRUE;
      if (self->fd < 0 && errno != EEXIST && errno != EINTR)
        return FALSE;
      if (self->fd >= 0)
        close (self->fd); /* whoever has it takes it away */
      self->fd = -1;
    }
  errno = EBUSY;
  return FALSE;
}

/* The rights of the old file; where its group cannot be kept, others' rights are
 * all that another group gets. */
static void
keep_rights (ScopeReplacement *self)
{
  mode_t mode = self->old.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);

  if (fchown (self->fd, self->old.st_uid, self->old.st_gid) != 0 &&
      fchown (self->fd, (uid_t) -1, self->old.st_gid) != 0)
    mode = (mode & ~(mode_t) S_IRWXG) | ((mode & S_IRWXO) << 3);
  if (fchmod (self->fd, mode) != 0)
    return; /* a file system without rights */
}

/**
 * scope_replacement_write:
 * @self: a new file
 * @bytes: what comes next in it
 * @length: how many bytes
 *
 * Returns: whether they were written; where not, no more need be, and
 *   scope_replace_file() says why
 */
gboolean
scope_replacement_write (ScopeReplacement *self,
                         const void       *bytes,
                         gsize             length)
{
  const char *next = bytes;

  while (length > 0)
    {
      ssize_t n;

      errno = ENOSPC; /* where it says no more than that nothing was written */
      n = write (self->fd, next, length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          self->number = errno;
          return FALSE;
        }
      next += n;
      length -= n;
    }
  return TRUE;
}

/* A network's file system may tell of a full disk only when a file is closed: a
 * second descriptor is, so that the lock is kept until the file has its name. */
static gboolean
close_copy (int fd)
{
  int copy = fcntl (fd, F_DUPFD_CLOEXEC, 0);

  return copy >= 0 && (close (copy) == 0 || errno == EINTR);
}

static gboolean
sync_file (int fd)
{
  int status;

  do
    status = fsync (fd);
  while (status != 0 && errno == EINTR);
  return status == 0 || errno == EINVAL || errno == EROFS; /* there is nothing to sync */
}

/* Both the old and the new file are whole: whichever is found after a power cut,
 * nothing is lost, and an error would have to be called a success. */
static void
sync_folder (int folder)
{
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  sync_file (fd);
  close (fd);
}

/* FALSE with errno; then nothing has changed. */
static gboolean
put_in_place (ScopeReplacement *self,
              ScopeReplaceFunc  write,
              gpointer          data)
{
  int number;

  if (!make_temporary (self))
    return FALSE;
  if (self->exists)
    keep_rights (self);
  if (write (self, data) && sync_file (self->fd) && close_copy (self->fd) &&
      renameat (self->folder, self->temporary, self->folder, self->name) == 0)
    {
      sync_folder (self->folder);
      return TRUE;
    }
  number = self->number != 0 ? self->number : errno;
  unlinkat (self->folder, self->temporary, 0);
  errno = number;
  return FALSE;
}

/* Finds the folder, and what is there.  FALSE with errno; the caller clears @self
 * in any case. */
static gboolean
find_place (ScopeReplacement *self,
            const char       *target)
{
  g_autofree char *folder = g_path_get_dirname (target);

  *self = (ScopeReplacement){ .name = g_path_get_basename (target), .fd = -1 };
  self->folder = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0)
    return FALSE;
  self->exists = fstatat (self->folder, self->name, &self->old, AT_SYMLINK_NOFOLLOW) == 0;
  if (!self->exists)
    return errno == ENOENT;
  errno = S_ISDIR (self->old.st_mode) ? EISDIR : EINVAL;
  if (!S_ISREG (self->old.st_mode))
    return FALSE; /* since it was checked */
  /* To replace a file wants rights of the folder alone; but whoever made it
   * read-only meant it. */
  return faccessat (self->folder, self->name, W_OK, AT_EACCESS) == 0;
}

static void
clear_place (ScopeReplacement *self)
{
  if (self->fd >= 0)
    close (self->fd);
  if (self->folder >= 0)
    close (self->folder);
  g_free (self->name);
}

/**
 * scope_replace_file:
 * @path: of a file, which need not exist; links are followed
 * @write: writes what is to be in it, by scope_replacement_write()
 * @data: for @write
 * @error: return location for a #GFileError, whose message has @path and the
 *   system's reason
 *
 * Writes the file so that at any time there is all of the old one or all of the
 * new one, and no third thing where it fails.  Takes away what programs that were
 * killed have left in the folder.  It blocks for as long as the disk takes; it may
 * be called from any thread.
 *
 * Returns: whether the new file is there
 */
gboolean
scope_replace_file (const char       *path,
                    ScopeReplaceFunc  write,
                    gpointer          data,
                    GError          **error)
{
  g_autofree char *target = NULL;
  ScopeReplacement place;
  gboolean         done;
  int              number;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (write != NULL, FALSE);

  if (!scope_replace_file_check (path, error))
    return FALSE;
  target = scope_replace_file_resolve (path, error);
  if (target == NULL)
    return FALSE;
  done = find_place (&place, target);
  if (done)
    {
      remove_left_over (place.folder);
      done = put_in_place (&place, write, data);
    }
  number = errno;
  clear_place (&place);
  return done || fail (path, number, error);
}
