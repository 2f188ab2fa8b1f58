"""Reports: conversion per employee, reasons of lost opportunities; with the rows behind each number."""

from retailhub.api.routes import Routes

routes = Routes("reports")
