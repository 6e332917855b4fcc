import Glibc

/// What this process has used so far.
enum Usage {
    private static var own: rusage {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage
    }

    static var peakMegabytes: Int { own.ru_maxrss >> 10 }

    static var processorSeconds: Double {
        Double(own.ru_utime.tv_sec + own.ru_stime.tv_sec) + Double(own.ru_utime.tv_usec + own.ru_stime.tv_usec) / 1e6
    }
}
