@echo off
rem Says who it is, then prints each argument as it came. After --exit N it ends with N.
rem Arguments are only ever read by delayed expansion, which nothing looks into for commands again.
setlocal EnableExtensions DisableDelayedExpansion
echo hello-host on Windows %PROCESSOR_ARCHITECTURE%
set /a NUMBER=0
set /a STATUS=0
set "EXPECTED="

:next
set "ARGUMENT=%~1"
if not defined ARGUMENT if [%1]==[] goto done
set /a NUMBER+=1
if defined EXPECTED set /a STATUS=ARGUMENT
setlocal EnableDelayedExpansion
echo arg[!NUMBER!]=^<!ARGUMENT!^>
if defined EXPECTED if not "!STATUS!"=="!ARGUMENT!" goto refused
if "!ARGUMENT!"=="--exit" (endlocal & set "EXPECTED=yes") else (endlocal & set "EXPECTED=")
shift
goto next

:refused
echo hello-host: --exit needs a number 1>&2
exit /b 2

:done
exit /b %STATUS%
