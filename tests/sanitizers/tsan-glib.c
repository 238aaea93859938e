/* tsan-glib.c
 *
 * Copyright 2026 The Locustscope authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GLib as Debian builds it does not tell ThreadSanitizer of its locks, so that all
 * that is done under one would be called a race.  This is loaded before GLib, and
 * tells: what a thread did before it gave something away happened before what the
 * one does that got it.  Only what the program uses is here; whoever hands things
 * over in another way adds that.  Nothing is told where the sanitizer is not
 * there, as in scripts that run the program.
 */
#include <dlfcn.h>
#include <gio/gio.h>

/* Whatever is not there yet in C is what these are called. */
void __tsan_acquire (void *address) __attribute__ ((weak));
void __tsan_release (void *address) __attribute__ ((weak));

/* What these are macros for is defined here. */
#undef g_atomic_ref_count_dec

/* GLib's own function of that name. */
#define REAL(name)                                                                         \
  static __typeof__ (name) *found;                                                         \
  __typeof__ (name) *real = __atomic_load_n (&found, __ATOMIC_RELAXED);                    \
                                                                                           \
  if (real == NULL)                                                                        \
    {                                                                                      \
      real = (__typeof__ (name) *) dlsym (RTLD_NEXT, #name);                               \
      __atomic_store_n (&found, real, __ATOMIC_RELAXED);                                   \
    }

typedef struct
{
  GThreadFunc func;
  gpointer    data;
} Thread;

static void
get (void *address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire (address);
}

static void
give (void *address)
{
  if (__tsan_release != NULL)
    __tsan_release (address);
}

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock)

  real (mutex);
  get (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL (g_mutex_unlock)

  give (mutex);
  real (mutex);
}

void
g_cond_wait (GCond  *condition,
             GMutex *mutex)
{
  REAL (g_cond_wait)

  give (mutex);
  real (condition, mutex);
  get (mutex);
}

gboolean
g_cond_wait_until (GCond  *condition,
                   GMutex *mutex,
                   gint64  end)
{
  REAL (g_cond_wait_until)
  gboolean in_time;

  give (mutex);
  in_time = real (condition, mutex, end);
  get (mutex);
  return in_time;
}

static gpointer
thread_cb (gpointer data)
{
  Thread  *thread = data;
  gpointer result;

  get (thread);
  result = thread->func (thread->data);
  g_free (thread);
  give (g_thread_self ());
  return result;
}

GThread *
g_thread_new (const char *name,
              GThreadFunc func,
              gpointer    data)
{
  REAL (g_thread_new)
  Thread *thread = g_new (Thread, 1);

  *thread = (Thread){ func, data };
  give (thread);
  return real (name, thread_cb, thread);
}

gpointer
g_thread_join (GThread *thread)
{
  REAL (g_thread_join)
  gpointer result = real (thread);

  get (thread);
  return result;
}

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     item)
{
  REAL (g_async_queue_push)

  give (queue);
  real (queue, item);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL (g_async_queue_pop)
  gpointer item = real (queue);

  get (queue);
  return item;
}

/* Whoever frees comes after all others who had it. */
gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  REAL (g_atomic_ref_count_dec)
  gboolean is_last;

  give ((void *) count);
  is_last = real (count);
  if (is_last)
    get ((void *) count);
  return is_last;
}

static GQuark
get_func_quark (void)
{
  return g_quark_from_static_string ("tsan-glib-func");
}

static void
task_cb (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  GTaskThreadFunc func = (GTaskThreadFunc) g_object_get_qdata (G_OBJECT (task), get_func_quark ());

  get (task);
  func (task, source, data, cancellable);
}

void
g_task_run_in_thread (GTask          *task,
                      GTaskThreadFunc func)
{
  REAL (g_task_run_in_thread)

  g_object_set_qdata (G_OBJECT (task), get_func_quark (), (gpointer) func);
  give (task);
  real (task, task_cb);
}

void
g_task_return_boolean (GTask   *task,
                       gboolean result)
{
  REAL (g_task_return_boolean)

  give (task);
  real (task, result);
}

void
g_task_return_error (GTask  *task,
                     GError *error)
{
  REAL (g_task_return_error)

  give (task);
  real (task, error);
}

gboolean
g_task_propagate_boolean (GTask   *task,
                          GError **error)
{
  REAL (g_task_propagate_boolean)
  gboolean result = real (task, error);

  get (task);
  return result;
}
