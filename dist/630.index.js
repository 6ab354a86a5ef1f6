export const id = 630;
export const ids = [630];
export const modules = {

/***/ 2630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   freezesOfICalendar: () => (/* binding */ freezesOfICalendar)
/* harmony export */ });
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(299);
/* harmony import */ var _cutover_release__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6152);
/* harmony import */ var ical_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7271);
/* harmony import */ var _calendar_invalid_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9103);



/** Occurrences of one event that are counted: daily for half a century. */
const mostOccurrences = 20_000;
/** The events of an iCalendar that overlap a span: whole days, any zone, repeated ones too; but for cancelled ones. */
function freezesOfICalendar(calendar, span) {
    const { name, text } = calendar;
    try {
        const root = new ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.Component(ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.parse(text));
        const zone = calendar.zone ?? wideZone(root) ?? "UTC";
        registerZones(root, name);
        const events = root.getAllSubcomponents("vevent");
        return events.flatMap((event) => occurrences(event, events, { name, zone, span }));
    }
    catch (error) {
        if ((0,_cutover_release__WEBPACK_IMPORTED_MODULE_1__/* .isCutoverError */ .j)(error))
            throw error;
        throw (0,_calendar_invalid_js__WEBPACK_IMPORTED_MODULE_2__/* .calendarInvalid */ .e)(name, `cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
    }
}
/** An exception to a repeated event is looked at by itself; the event leaves its time out. */
function occurrences(component, all, reading) {
    const ofEvent = all.filter((one) => textOf(one, "uid") === textOf(component, "uid"));
    const exceptions = ofEvent.filter((one) => one !== component && one.hasProperty("recurrence-id"));
    const isException = component.hasProperty("recurrence-id");
    const event = new ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.Event(component, { strictExceptions: true, exceptions: isException ? [] : exceptions });
    if (isCancelled(component))
        return [];
    const once = (start, end) => ({
        name: textOf(component, "summary") || "An event without a name",
        from: instant(start, reading.zone),
        to: instant(end, reading.zone),
        reason: textOf(component, "description").trim().split("\n", 1)[0] || undefined,
    });
    if (isException || !event.isRecurring())
        return [once(event.startDate, event.endDate)];
    return repeated(event, once, reading);
}
function repeated(event, once, { name, span }) {
    const found = [];
    const iterator = event.iterator();
    for (let count = 0; count < mostOccurrences; count += 1) {
        const next = iterator.next();
        // At its end it gives nothing, whatever its type says.
        if (!(next instanceof ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.Time))
            return found;
        const { startDate, endDate, item } = event.getOccurrenceDetails(next);
        const freeze = once(startDate, endDate);
        if (freeze.from > span.to)
            return found;
        const isMoved = item !== event && item.recurrenceId?.compare(next) === 0;
        if (!isMoved && freeze.to > span.from)
            found.push(freeze);
    }
    throw (0,_calendar_invalid_js__WEBPACK_IMPORTED_MODULE_2__/* .calendarInvalid */ .e)(name, `${event.summary} is repeated more than ${mostOccurrences} times`);
}
function isCancelled(event) {
    return textOf(event, "status").toUpperCase() === "CANCELLED";
}
/** A day, or a time in no zone, is one of the calendar's own zone. */
function instant(time, zone) {
    const isZoned = !time.isDate && time.zone !== ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.Timezone.localTimezone;
    if (isZoned)
        return new Date(time.toUnixTime() * 1_000);
    const { year, month, day, hour, minute, second } = time;
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .instantOf */ .B9)(time.isDate ? { year, month, day, hour: 0, minute: 0, second: 0 } : { year, month, day, hour, minute, second }, zone);
}
/** Zones that events name and the calendar does not describe are those of the IANA database. */
function registerZones(root, name) {
    const described = new Set(root.getAllSubcomponents("vtimezone").map((zone) => textOf(zone, "tzid")));
    const properties = root.getAllSubcomponents("vevent").flatMap((event) => event.getAllProperties());
    const named = new Set(properties.flatMap((property) => property.getFirstParameter("tzid") || []));
    for (const zone of named) {
        if (described.has(zone))
            continue;
        if (!(0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .isZone */ .DS)(zone))
            throw (0,_calendar_invalid_js__WEBPACK_IMPORTED_MODULE_2__/* .calendarInvalid */ .e)(name, `there is no time zone ${zone}, and it describes none`);
        if (!ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.TimezoneService.has(zone))
            ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.TimezoneService.register(new KnownZone({ tzid: zone }), zone);
    }
}
class KnownZone extends ical_js__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .A.Timezone {
    /** In seconds, of a time on its clocks. */
    utcOffset({ year, month, day, hour, minute, second }) {
        const wall = { year, month, day, hour, minute, second };
        return (Date.UTC(year, month - 1, day, hour, minute, second) - (0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .instantOf */ .B9)(wall, this.tzid).getTime()) / 1_000;
    }
}
function wideZone(root) {
    const zone = textOf(root, "x-wr-timezone");
    return (0,_cutover_release__WEBPACK_IMPORTED_MODULE_3__/* .isZone */ .DS)(zone) ? zone : undefined;
}
function textOf(component, property) {
    const value = component.getFirstPropertyValue(property);
    return typeof value === "string" ? value : "";
}


/***/ })

};
