extension SigningDate {
    /// Reads `YYYYMMDD'T'HHMMSS'Z'`, from the year 1970 on; nil for anything else.
    ///
    /// A day that a month does not have is taken for one of the next month.
    package init?(timestamp: String) {
        let text = Array(timestamp.utf8)
        guard text.count == 16, text[8] == UInt8(ascii: "T"), text[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            range.reduce(0) { value, index in
                guard let value, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) else { return nil }
                return value * 10 + Int(text[index] - UInt8(ascii: "0"))
            }
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), year >= 1970,
            (1...12).contains(month), (1...31).contains(day), let hour = number(9..<11), hour < 24,
            let minute = number(11..<13), minute < 60, let second = number(13..<15), second < 61
        else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSince1970
        self.init(secondsSince1970: days * 86_400 + hour * 3600 + minute * 60 + second)
    }
}
