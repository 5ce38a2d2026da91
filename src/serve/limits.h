/* SPDX-License-Identifier: Apache-2.0 */
/* limits.h - the numbers of the server: unit, value and reason. */
#ifndef DS_SERVE_LIMITS_H
#define DS_SERVE_LIMITS_H

/* Bytes of path and query: the longest search and its filters fit; nginx takes no more by default. */
#define SV_TARGET_MAX 4096
/* Parameters of one request; no path takes half as many. */
#define SV_PARAMS_MAX 16
/* Parameters for which libmicrohttpd may have no room: it says nothing then, and the connection goes with the next sweep. */
#define SV_PARAMS_FATAL 256
/* Bytes that one connection may have for request line and headers (and for what it sends): libmicrohttpd answers 431 or 413 beyond. */
#define SV_CONNECTION_BYTES ((size_t)32 << 10)
/* Bytes of a body of POST: a thousand long articles. */
#define SV_BODY_MAX ((size_t)8 << 20)
/* Bytes of bodies held at once, over all connections. */
#define SV_BODIES_MAX ((size_t)64 << 20)
/* Seconds without a byte after which a connection goes. */
#define SV_IDLE_S 20
/* Milliseconds in which a request, body and all, must have come in: the slowest honest line sends 8 MB in less. */
#define SV_ARRIVAL_MS 60000
/* Milliseconds in which an answer must have been taken, and bytes a millisecond that are added for its length: 4 KB a second is slower
 * than any line, and who takes less holds memory for nothing. */
#define SV_TAKING_MS 60000
/* Bytes that the kernel may keep of an answer that is not taken (it doubles them). By itself it keeps up to 4 MB, holds them for who
 * takes nothing after the connection has ended, and says for so long that nothing moves that an honest slow client would be cut off. */
#define SV_SEND_BUFFER (128 << 10)
#define SV_TAKING_BYTES 4
/* Milliseconds for headers of a request, or for the first byte of one. */
#define SV_HEADER_MS 15000
/* Connections at once, and of these event streams. */
#define SV_CONNECTIONS 1024
#define SV_STREAMS 800
/* One address gets one part in so many of the connections and of the streams, and these connections at least: it cannot have them all, and
 * the browsers of an office behind one address have enough. Not loopback, unless --rate is given: a proxy is there. */
#define SV_SHARE 4
#define SV_SHARE_LEAST 8
/* Threads that speak HTTP: one could do 30,000 requests a second; the other is there while one is in a system call. */
#define SV_THREADS 2
/* Threads that read the store. */
#define SV_COOKS 2
/* Answers that wait to be made; beyond it clients get 503. A cook makes some hundred a second. */
#define SV_JOBS_MAX 256
/* Times that an answer is tried when the store cannot be read, and milliseconds between two: a writer that begins, ends or was killed
 * is in the way for less. */
#define SV_TRIES 3
#define SV_TRY_MS 50
/* Milliseconds for which an answer is still given after the store changed, while a cook looks whether it is still right. */
#define SV_STALE_MS 1000
/* Milliseconds between two looks at the store's change counter. */
#define SV_LOOK_MS 100
/* Milliseconds between two looks for what is new in it. */
#define SV_NEWS_MS 1000
/* Stories whose changes are told one by one; each is some milliseconds and some ten events. */
#define SV_NEWS_MOST 100
/* Milliseconds between two comments on an idle event stream: proxies cut a stream after 30 to 60 s of silence. */
#define SV_PING_MS 20000
/* Events that are kept for streams that fall behind or come back. */
#define SV_EVENTS_KEPT 1024
/* Megabytes of finished answers. */
#define SV_CACHE_MB 64
/* Bytes from which an answer is worth compressing. */
#define SV_GZIP_FROM 256
/* Requests a second of one address, and how many may come at once. */
#define SV_RATE 100
#define SV_BURST_S 2
/* What a wrong token costs, in requests. */
#define SV_WRONG_TOKEN 20
/* Bytes of a token at least: 16 random letters are 90 bits. */
#define SV_TOKEN_MIN 16
/* Milliseconds that requests in hand get when the server stops. */
#define SV_STOP_MS 5000

#endif
