#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The wall clock's time.
func secondsSince1970() -> Int {
    time(nil)
}
