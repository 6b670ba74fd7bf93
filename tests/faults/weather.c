/* Bad weather for one process: a clock that is off, a disk that is slow.
 *
 * Loaded with LD_PRELOAD; TIEPDAN_WEATHER names a file of two 64-bit numbers that a test
 * may change at any time: nanoseconds the clock is ahead, microseconds each flush takes longer.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL

static const volatile int64_t *weather;

__attribute__((constructor)) static void look_out(void)
{
    const char *path = getenv("TIEPDAN_WEATHER");
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    void *page = mmap(NULL, 16, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page != MAP_FAILED)
        weather = page;
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    int failed = (int)syscall(SYS_clock_gettime, which, now);
    if (failed || weather == NULL || (which != CLOCK_REALTIME && which != CLOCK_REALTIME_COARSE))
        return failed;
    int64_t all = (int64_t)now->tv_sec * SECOND + now->tv_nsec + weather[0];
    now->tv_sec = all / SECOND;
    now->tv_nsec = all % SECOND;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec fine;
    (void)zone;
    int failed = clock_gettime(CLOCK_REALTIME, &fine);
    now->tv_sec = fine.tv_sec;
    now->tv_usec = fine.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *kept)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (kept != NULL)
        *kept = now.tv_sec;
    return now.tv_sec;
}

static void take_longer(void)
{
    if (weather != NULL && weather[1] > 0)
        usleep((useconds_t)weather[1]);
}

int fsync(int file)
{
    take_longer();
    return (int)syscall(SYS_fsync, file);
}

int fdatasync(int file)
{
    take_longer();
    return (int)syscall(SYS_fdatasync, file);
}
